package dev.funnel.trainer.rank;

import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.Lookup;
import dev.funnel.trainer.learn.EmbeddingTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tables for what cannot learn rows, such as trees: a row holds the logarithm of how many examples look it up, and per head how far their
 * mean is from that of all, in shares of that, pulled towards 0. A row that no example looks up is the zero vector, as what is
 * out of vocabulary.
 *
 * <p>Pages are in folds. A training page is read with rows that its own fold is left out of: else a rare row would tell the label of the
 * one example that looks it up.
 */
final class LabelTables {
    /** Without no fold: the rows that are served. */
    static final int WHOLE = -1;

    private static final int FOLDS = 5;

    /** A row counts as if so many more examples with the mean of all looked it up. */
    private static final double PULL = 10;

    private final List<HeadKind> heads;
    private final Map<String, EmbeddingTable> tables;
    private final double[] means;

    /** By table, per fold and row the count, then per head the sum. */
    private final Map<String, double[][]> sums = new HashMap<>();

    /** @param tables that are filled, each {@link #width} wide */
    LabelTables(
            FeatureTransform transform,
            Map<String, EmbeddingTable> tables,
            List<HeadKind> heads,
            List<ReadPage> training) {
        this.tables = tables;
        this.heads = heads;
        this.means = new double[heads.size()];
        tables.forEach((name, table) -> sums.put(name, new double[FOLDS][table.size() * table.width()]));
        for (int page = 0; page < training.size(); page++) {
            ReadPage read = training.get(page);
            float[][] observed = observed(read);
            for (int h = 0; h < means.length; h++) {
                means[h] += sum(observed[h]);
            }
            for (Lookup lookup : transform.lookups()) {
                double[][] counted = sums.get(lookup.table().name());
                if (counted != null) {
                    count(lookup, read, observed, counted[fold(page)]);
                }
            }
        }
        int examples = HeadCalibration.examples(training);
        for (int h = 0; h < means.length; h++) {
            means[h] /= examples;
        }
    }

    /** How many numbers a row has. */
    static int width(List<HeadKind> heads) {
        return 1 + heads.size();
    }

    /** The fold of a training page. */
    static int fold(int page) {
        return page % FOLDS;
    }

    private float[][] observed(ReadPage page) {
        float[][] observed = new float[heads.size()][page.size()];
        for (int h = 0; h < observed.length; h++) {
            for (int i = 0; i < page.size(); i++) {
                observed[h][i] = heads.get(h).observed(page.page(), i);
            }
        }
        return observed;
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    private static void count(Lookup lookup, ReadPage page, float[][] observed, double[] into) {
        int width = observed.length + 1;
        LookedUpRows.visit(lookup, page, new LookedUpRows() {
            @Override
            public void ofPage(int row, float share) {
                for (int i = 0; i < page.size(); i++) {
                    ofExample(row, i, share);
                }
            }

            @Override
            public void ofExample(int row, int i, float share) {
                into[row * width] += share;
                for (int h = 0; h < observed.length; h++) {
                    into[row * width + 1 + h] += share * observed[h][i];
                }
            }
        });
    }

    /** Fills the tables with what the examples say; {@code without} a fold, or {@link #WHOLE}. */
    void fill(int without) {
        tables.forEach((name, table) -> table.restore(rows(sums.getOrDefault(name, new double[0][]), without)));
    }

    private float[] rows(double[][] folds, int without) {
        int width = width(heads);
        float[] rows = new float[folds[0].length];
        for (int at = 0; at < rows.length; at += width) {
            double count = total(folds, at, without);
            rows[at] = (float) Math.log1p(count);
            for (int h = 0; h < means.length; h++) {
                double deviation = total(folds, at + 1 + h, without) - count * means[h];
                rows[at + 1 + h] = means[h] > 0 ? (float) (deviation / (count + PULL) / means[h]) : 0;
            }
        }
        return rows;
    }

    private static double total(double[][] folds, int at, int without) {
        double total = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            total += fold == without ? 0 : folds[fold][at];
        }
        return total;
    }

    /** How many folds there are. */
    static int folds() {
        return FOLDS;
    }
}
