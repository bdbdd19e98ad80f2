package dev.funnel.trainer.generate;

import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.fit.Wals;
import dev.funnel.trainer.fit.WalsSettings;
import java.util.Map;

/** {@code wals}: weighted matrix factorisation, see {@link Wals}. */
public final class WalsGenerator implements GeneratorKind {

    private static final int DIMENSIONS = 64;

    @Override
    public String name() {
        return "wals";
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        int dimensions = line.whole("dimensions", DIMENSIONS, 1, 1_024);
        WalsSettings usual = WalsSettings.defaults(dimensions, 1);
        int sweeps = line.whole("sweeps", usual.sweeps(), 1, 1_000);
        double unobserved = line.number("unobserved_weight", usual.unobservedWeight(), 0, 1e6);
        double regularization = line.number("regularization", usual.regularization(), 0, 1e6);
        double exponent = line.number("regularization_exponent", usual.regularizationExponent(), 0, 1);
        int steps = line.whole("gradient_steps", usual.gradientSteps(), 0, 100);
        Similarity similarity = line.similarity(Similarity.DOT);
        int seed = line.whole("seed", (int) usual.seed(), 0, Integer.MAX_VALUE);
        return (input, progress) -> {
            WalsSettings settings = new WalsSettings(
                    dimensions, sweeps, unobserved, regularization, exponent, steps, seed, input.threads());
            return new FittedFactors(
                    Wals.fit(input.matrix(), settings, progress),
                    input,
                    similarity,
                    settings.foldIn(),
                    Map.of("sweeps", (double) sweeps));
        };
    }
}
