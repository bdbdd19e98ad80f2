package dev.funnel.trainer.generate;

import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.tower.TowerSettings;
import dev.funnel.trainer.tower.TowerShape;

/**
 * {@code softmax-dnn}: the candidate network of Covington et al. (2016), <i>Deep Neural Networks for YouTube Recommendations</i>: a
 * tower for people, a row for each item, and a sampled softmax over all of them.
 */
public final class SoftmaxDnnGenerator implements GeneratorKind {
    private static final int DIMENSIONS = 64;

    @Override
    public String name() {
        return "softmax-dnn";
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        int dimensions = line.whole("dimensions", DIMENSIONS, 2, 1_024);
        int depth = line.whole("depth", 2, 0, 4);
        boolean exampleAge = line.flag("example_age", true);
        TowerSettings usual = TowerSettings.softmaxDnn(dimensions, 1);
        TowerSettings.Sampling sampling = usual.sampling();
        int negatives = line.whole("negatives", sampling.negatives(), 0, 10_000_000);
        int examples = line.whole("examples_per_user", sampling.examplesPerUser(), 1, 1_000_000);
        int epochs = line.whole("epochs", usual.descent().epochs(), 1, 10_000);
        int seed = line.whole("seed", (int) usual.seed(), 0, Integer.MAX_VALUE);
        Similarity similarity = line.similarity(Similarity.DOT);
        String name = line.text("name");
        return (input, progress) -> new TowerFitting(
                        name,
                        new TowerSettings(
                                usual.features().readingExampleAge(exampleAge),
                                TowerShape.halving(depth, dimensions),
                                null,
                                usual.temperature(),
                                sampling.drawing(examples, negatives),
                                usual.descent().lasting(epochs),
                                seed,
                                input.threads()),
                        similarity)
                .fit(input, progress);
    }
}
