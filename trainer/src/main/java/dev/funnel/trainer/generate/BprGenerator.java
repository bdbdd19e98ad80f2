package dev.funnel.trainer.generate;

import dev.funnel.retrieval.FoldInSettings;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.fit.Bpr;
import dev.funnel.trainer.fit.BprSettings;
import java.util.List;
import java.util.Map;

/**
 * {@code bpr}: matrix factorisation by comparing pairs of items, see {@link Bpr}. An unseen user is folded in by the weighted
 * least squares of {@link dev.funnel.retrieval.FoldIn} on its item vectors.
 */
public final class BprGenerator implements GeneratorKind {

    private static final int DIMENSIONS = 64;
    private static final String LOG_SIGMOID = "log-sigmoid";
    private static final String MARGIN = "margin";

    @Override
    public String name() {
        return "bpr";
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        int dimensions = line.whole("dimensions", DIMENSIONS, 2, 1_024);
        BprSettings usual = BprSettings.defaults(dimensions, 1);
        int epochs = line.whole("epochs", usual.epochs(), 1, 10_000);
        double rate = line.number("learning_rate", usual.learningRate(), 1e-9, 1);
        double lastRate = line.number("last_learning_rate", usual.lastLearningRate(), 1e-9, 1);
        double regularization = line.number("regularization", usual.regularization(), 0, 1);
        int negatives = line.whole("negatives", usual.negatives(), 1, 1_000);
        int among = line.whole("among", usual.among(), 1, 100);
        BprSettings.Loss loss =
                line.oneOf("loss", LOG_SIGMOID, List.of(LOG_SIGMOID, MARGIN)).equals(LOG_SIGMOID)
                        ? BprSettings.Loss.LOG_SIGMOID
                        : BprSettings.Loss.MARGIN;
        int seed = line.whole("seed", (int) usual.seed(), 0, Integer.MAX_VALUE);
        FoldInSettings foldIn = FoldInLine.of(line, usual.foldIn());
        Similarity similarity = line.similarity(Similarity.DOT);
        int limit = line.limit();
        return (input, progress) -> {
            BprSettings settings = new BprSettings(
                    dimensions,
                    epochs,
                    rate,
                    lastRate,
                    regularization,
                    negatives,
                    among,
                    loss,
                    usual.deviation(),
                    seed,
                    input.threads());
            return new FittedFactors(
                    Bpr.fit(input.matrix(), settings, progress),
                    input,
                    limit,
                    similarity,
                    foldIn,
                    Map.of("epochs", (double) epochs, "negatives", (double) negatives));
        };
    }
}
