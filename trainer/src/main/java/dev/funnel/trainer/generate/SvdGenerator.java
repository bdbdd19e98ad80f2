package dev.funnel.trainer.generate;

import dev.funnel.retrieval.FoldInSettings;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.fit.Svd;
import dev.funnel.trainer.fit.SvdSettings;
import java.util.Map;

/**
 * {@code svd}: the truncated singular value decomposition with zeros filled in, see {@link Svd}. An unseen user is folded in by the
 * weighted least squares of {@link dev.funnel.retrieval.FoldIn} on its item vectors.
 */
public final class SvdGenerator implements GeneratorKind {

    private static final int DIMENSIONS = 64;

    @Override
    public String name() {
        return "svd";
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        SvdSettings usual = SvdSettings.defaults(DIMENSIONS, 1);
        int dimensions = line.whole("dimensions", usual.dimensions(), 1, 1_024);
        int iterations = line.whole("iterations", usual.iterations(), 1, 100);
        int seed = line.whole("seed", (int) usual.seed(), 0, Integer.MAX_VALUE);
        FoldInSettings foldIn = FoldInLine.of(line, usual.foldIn());
        Similarity similarity = line.similarity(Similarity.DOT);
        int limit = line.limit();
        return (input, progress) -> new FittedFactors(
                Svd.fit(input.matrix(), new SvdSettings(dimensions, iterations, seed, input.threads()), progress),
                input,
                limit,
                similarity,
                foldIn,
                Map.of("iterations", (double) iterations));
    }
}
