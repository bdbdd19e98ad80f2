package dev.funnel.trainer.rank;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.read.InteractionLog;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ranker as it was trained: what is published, and the same thing for evaluation before it is. */
public interface TrainedRanker {
    /** The same ranker with its statistics of items counted anew, from everything before {@code untilMs}. */
    TrainedRanker recounted(InteractionLog interactions, @Nullable ImpressionLog impressions, long untilMs);

    /**
     * The ranker as services will run it, on these vectors of the generators.
     *
     * @param vectors by table name, see {@link RankerTrainingInput#vectors}
     */
    Ranker open(Map<String, FloatMatrix> vectors);

    /** The default head's value of every candidate; {@link #open} with the vectors of the training. */
    float[] score(RankingInput input);

    /** How good it was on the validation slice. */
    RankerMetrics validation();

    /** Writes network, schema and features into a draft; returns what the manifest says of them. */
    RankerEntry writeTo(BundleStore.Draft draft) throws IOException;
}
