package dev.funnel.trainer.generate;

import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.tower.TowerSettings;

/**
 * {@code two-tower}: a tower for people and one for items (Yi et al. 2019, <i>Sampling-Bias-Corrected Neural Modeling for Large
 * Corpus Item Recommendations</i>). The tower of items places items that nobody has watched yet.
 */
public final class TwoTowerGenerator implements GeneratorKind {
    private static final int DIMENSIONS = 64;

    @Override
    public String name() {
        return "two-tower";
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        int dimensions = line.whole("dimensions", DIMENSIONS, 2, 1_024);
        TowerSettings usual = TowerSettings.twoTower(dimensions, 1);
        TowerSettings.Sampling sampling = usual.sampling();
        int negatives = line.whole("negatives", sampling.negatives(), 0, 10_000_000);
        int examples = line.whole("examples_per_user", sampling.examplesPerUser(), 1, 1_000_000);
        int epochs = line.whole("epochs", usual.descent().epochs(), 1, 10_000);
        double temperature = line.number("temperature", usual.temperature(), 1e-3, 100);
        int seed = line.whole("seed", (int) usual.seed(), 0, Integer.MAX_VALUE);
        Similarity similarity = line.similarity(Similarity.DOT);
        String name = line.text("name");
        return (input, progress) -> new TowerFitting(
                        name,
                        new TowerSettings(
                                usual.features(),
                                usual.query(),
                                usual.item(),
                                temperature,
                                sampling.drawing(examples, negatives),
                                usual.descent().lasting(epochs),
                                seed,
                                input.threads()),
                        similarity)
                .fit(input, progress);
    }
}
