package dev.funnel.trainer.generate;

import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.fit.EarlierVectors;
import dev.funnel.trainer.fit.Factors;
import dev.funnel.trainer.fit.Wals;
import dev.funnel.trainer.fit.WalsSettings;
import java.util.Map;

/**
 * {@code wals}: weighted matrix factorisation, see {@link Wals}. From the vectors of an earlier bundle it starts with those and
 * does {@code warm_sweeps} only.
 */
public final class WalsGenerator implements GeneratorKind {

    private static final int DIMENSIONS = 64;

    /** By how much fewer sweeps do from earlier vectors. */
    private static final int WARMER = 3;

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
        int warmSweeps = line.whole("warm_sweeps", Math.max(1, sweeps / WARMER), 1, 1_000);
        String generator = line.text("name");
        int limit = line.limit();
        return (input, progress) -> {
            EarlierVectors earlier = input.earlierVectors(generator, dimensions).orElse(null);
            int needed = earlier == null ? sweeps : warmSweeps;
            WalsSettings settings = new WalsSettings(
                    dimensions, needed, unobserved, regularization, exponent, steps, seed, input.threads());
            Factors factors = earlier == null
                    ? Wals.fit(input.matrix(), settings, progress)
                    : Wals.fitFrom(earlier, input.matrix(), settings, progress);
            FittedFactors fitted = new FittedFactors(
                    factors,
                    input,
                    limit,
                    similarity,
                    settings.foldIn(),
                    parameters(needed, earlier == null ? 0 : earlier.known()));
            return fitted.foldingInItems();
        };
    }

    private static Map<String, Double> parameters(int sweeps, int warmItems) {
        return Map.of("sweeps", (double) sweeps, "warm_started_items", (double) warmItems);
    }
}
