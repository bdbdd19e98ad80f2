package dev.funnel.trainer.rank;

import dev.funnel.trainer.rank.RankerSettings.Weighting;
import dev.funnel.trainer.trees.FeatureRows;
import java.util.List;

/**
 * What trees are to learn of one head: an example that counts a as a positive and b as a negative is a label a / (a + b) of weight a + b.
 *
 * <p>Weights are divided by how much wider the slopes scatter than those of a chance with the same curvature, as in quasi-likelihood
 * (Wedderburn 1974): seconds scatter more than clicks, and so a leaf's least weight is as much evidence for either.
 *
 * @param mean weight of the examples, before it is divided
 */
record TreeTargets(float[] labels, float[] weights, double mean) {

    /**
     * The targets of pages.
     *
     * @param dispersion of the head, see {@link #dispersion}
     */
    static TreeTargets of(HeadKind head, Weighting weighting, List<ReadPage> pages, double dispersion) {
        int examples = HeadCalibration.examples(pages);
        float[] labels = new float[examples];
        float[] weights = new float[examples];
        double sum = 0;
        int row = 0;
        for (ReadPage page : pages) {
            for (int i = 0; i < page.size(); i++, row++) {
                float positive = head.observed(page.page(), i);
                float weight = positive + head.negative(page.page(), i, weighting);
                labels[row] = weight > 0 ? positive / weight : 0;
                weights[row] = (float) (weight / dispersion);
                sum += weight;
            }
        }
        return new TreeTargets(labels, weights, sum / examples);
    }

    /** Squares of the slopes over curvatures where all examples are predicted alike; 1 for a chance. */
    static double dispersion(HeadKind head, Weighting weighting, List<ReadPage> pages, double base) {
        double squares = 0;
        double curvature = 0;
        for (ReadPage page : pages) {
            for (int i = 0; i < page.size(); i++) {
                double positive = head.observed(page.page(), i);
                double weight = positive + head.negative(page.page(), i, weighting);
                double slope = weight * base - positive;
                squares += slope * slope;
                curvature += weight * base * (1 - base);
            }
        }
        return squares > 0 ? squares / curvature : 1;
    }

    FeatureRows rows(float[] values, int columns) {
        return new FeatureRows(values, columns, labels, weights);
    }
}
