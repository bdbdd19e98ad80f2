package dev.funnel.trainer.rank;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.HeadEntry;
import dev.funnel.bundle.HeadReliability;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.engine.OnnxRuntimeEngine;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.StoredFeatures;
import dev.funnel.inference.objective.Objectives;
import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.read.InteractionLog;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ranker as it was trained: what is published, and the same thing for evaluation before it is. Immutable. */
public final class TrainedRanker {
    private static final String SCHEMA = "ranker/schema.json";

    private final FeatureSchema schema;
    private final FeatureStore store;
    private final FittedModel fitted;
    private final RankerGoals goals;
    private final RankerMetrics validation;

    TrainedRanker(
            FeatureSchema schema, FeatureStore store, FittedModel fitted, RankerGoals goals, RankerMetrics validation) {
        this.schema = schema;
        this.store = store;
        this.fitted = fitted;
        this.goals = goals;
        this.validation = validation;
    }

    /** What it reads and gives. */
    public FeatureSchema schema() {
        return schema;
    }

    /** How good it was on the validation slice. */
    public RankerMetrics validation() {
        return validation;
    }

    /** The same ranker with its statistics of items counted anew, from everything before {@code untilMs}. */
    public TrainedRanker recounted(InteractionLog interactions, @Nullable ImpressionLog impressions, long untilMs) {
        ItemTable items = store.items();
        Map<String, float[]> statistics = new HashMap<>(store.statistics());
        new ItemStatistics(items).count(interactions, impressions, untilMs).forEach(statistics::replace);
        FeatureStore recounted =
                new FeatureStore(items, store.tables(), store.vocabularies(), store.scales(), statistics);
        return new TrainedRanker(schema, recounted, fitted, goals, validation);
    }

    /** The ranker as services will run it, on the vectors it was trained with. */
    public Ranker open() {
        return open(Map.of());
    }

    /**
     * The ranker as services will run it.
     *
     * @param vectors by table name, in place of those it was trained with, see {@link RankerTrainingInput#vectors}
     */
    public Ranker open(Map<String, FloatMatrix> vectors) {
        Map<String, FloatMatrix> tables = new HashMap<>(store.tables());
        vectors.forEach(tables::replace);
        FeatureStore current =
                new FeatureStore(store.items(), tables, store.vocabularies(), store.scales(), store.statistics());
        try {
            return new Ranker(
                    new FeatureTransform(schema, current),
                    OnnxRuntimeEngine.load(fitted.model(), schema),
                    new Objectives(
                            schema.heads().stream().map(Head::name).toList(), goals.objectives(), goals.preferred()));
        } catch (EngineRefusedException e) {
            throw new IllegalStateException("a network just written cannot be loaded", e);
        }
    }

    /** What it predicts, and how that becomes a score. */
    public RankerGoals goals() {
        return goals;
    }

    /**
     * Writes model, schema and features into a draft; returns what the manifest says of them.
     *
     * @param reliability how far its heads agreed with what was seen
     */
    public RankerEntry writeTo(BundleStore.Draft draft, List<HeadReliability> reliability) throws IOException {
        Files.write(draft.file(fitted.file()), fitted.model());
        Files.write(draft.file(SCHEMA), schema.toJson());
        TensorFileWriter features = new TensorFileWriter(draft.file(DeclaredFeatures.FILE));
        StoredFeatures.write(schema, store, DeclaredFeatures.FILE, features);
        features.write();
        List<HeadEntry> heads = schema.heads().stream()
                .map(head -> new HeadEntry(head.name(), head.output(), head.unit()))
                .toList();
        return new RankerEntry(
                fitted.file(),
                SCHEMA,
                DeclaredFeatures.FILE,
                heads,
                goals.objectives(),
                goals.preferred(),
                reliability);
    }
}
