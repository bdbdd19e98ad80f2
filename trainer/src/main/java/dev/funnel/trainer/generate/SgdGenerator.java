package dev.funnel.trainer.generate;

import dev.funnel.retrieval.FoldInSettings;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.fit.SgdFactorization;
import dev.funnel.trainer.fit.SgdSettings;
import java.util.List;
import java.util.Map;

/**
 * {@code sgd-mf}: matrix factorisation by stochastic gradient descent on single pairs, see {@link SgdFactorization}. An unseen user
 * is folded in by the weighted least squares of {@link dev.funnel.retrieval.FoldIn} on its item vectors.
 */
public final class SgdGenerator implements GeneratorKind {

    private static final int DIMENSIONS = 64;
    private static final String LOGISTIC = "logistic";
    private static final String SQUARED = "squared";

    @Override
    public String name() {
        return "sgd-mf";
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        int dimensions = line.whole("dimensions", DIMENSIONS, 2, 1_024);
        SgdSettings usual = SgdSettings.defaults(dimensions, 1);
        int epochs = line.whole("epochs", usual.epochs(), 1, 10_000);
        double rate = line.number("learning_rate", usual.learningRate(), 1e-9, 1);
        double lastRate = line.number("last_learning_rate", usual.lastLearningRate(), 1e-9, 1);
        double regularization = line.number("regularization", usual.regularization(), 0, 1);
        int negatives = line.whole("negatives", usual.negatives(), 1, 1_000);
        SgdSettings.Loss loss =
                line.oneOf("loss", LOGISTIC, List.of(LOGISTIC, SQUARED)).equals(LOGISTIC)
                        ? SgdSettings.Loss.LOGISTIC
                        : SgdSettings.Loss.SQUARED;
        double gravity = line.number("gravity", usual.gravity(), 0, 1_000);
        int seed = line.whole("seed", (int) usual.seed(), 0, Integer.MAX_VALUE);
        FoldInSettings foldIn = FoldInLine.of(line, usual.foldIn());
        Similarity similarity = line.similarity(Similarity.DOT);
        int limit = line.limit();
        return (input, progress) -> {
            SgdSettings settings = new SgdSettings(
                    dimensions,
                    epochs,
                    rate,
                    lastRate,
                    regularization,
                    negatives,
                    loss,
                    gravity,
                    usual.deviation(),
                    seed,
                    input.threads());
            return new FittedFactors(
                    SgdFactorization.fit(input.matrix(), settings, progress),
                    input,
                    limit,
                    similarity,
                    foldIn,
                    Map.of("epochs", (double) epochs, "negatives", (double) negatives));
        };
    }
}
