package dev.funnel.trainer.trees;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.funnel.trainer.Progress;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BoostedTreesTest {
    private static final long SEED = 21;
    private static final int COLUMNS = 6;

    /** The label is 1 where the first two columns have the same sign; some values are missing. */
    private static FeatureRows rows(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count * COLUMNS];
        float[] labels = new float[count];
        for (int row = 0; row < count; row++) {
            for (int c = 0; c < COLUMNS; c++) {
                values[row * COLUMNS + c] = (float) random.nextGaussian();
            }
            labels[row] = values[row * COLUMNS] * values[row * COLUMNS + 1] > 0 ? 1 : 0;
            if (row % 7 == 0) {
                values[row * COLUMNS + 2] = Float.NaN;
                labels[row] = 1;
            }
        }
        return FeatureRows.alike(values, COLUMNS, labels);
    }

    private static TreeSettings settings(TreeSettings.Objective objective) {
        return settings(objective, 1);
    }

    private static TreeSettings settings(TreeSettings.Objective objective, int threads) {
        return new TreeSettings(objective, .3, 40, 40, 4, 0.3, 1, 0.9, SEED, threads);
    }

    @ParameterizedTest
    @EnumSource
    void the_onnx_model_predicts_what_xgboost_predicts(TreeSettings.Objective objective) throws Exception {
        FeatureRows unseen = rows(500, SEED + 2);
        try (BoostedTrees trees =
                BoostedTrees.fit(rows(2_000, SEED), rows(300, SEED + 1), settings(objective), Progress.SILENT)) {
            float[] wanted = trees.predict(unseen);
            float[] served = serve(trees.model("columns", "prediction"), unseen);
            int right = 0;
            for (int row = 0; row < wanted.length; row++) {
                assertEquals(wanted[row], served[row], 1e-5, objective + ", row " + row + ", seed " + SEED);
                right += served[row] > 0.5 == unseen.labels()[row] > 0.5 ? 1 : 0;
            }
            assertTrue(right > 450, right + " of 500 are right, seed " + SEED);
        }
    }

    @Test
    void the_same_seed_gives_the_same_trees_on_any_number_of_threads() {
        FeatureRows training = rows(20_000, SEED);
        FeatureRows validation = rows(300, SEED + 1);
        byte[][] models = new byte[2][];
        for (int threads = 1; threads <= 2; threads++) {
            TreeSettings settings = settings(TreeSettings.Objective.CHANCE, 2 * threads - 1);
            try (BoostedTrees trees = BoostedTrees.fit(training, validation, settings, Progress.SILENT)) {
                models[threads - 1] = trees.model("columns", "prediction");
            }
        }
        assertArrayEquals(models[0], models[1], "seed " + SEED);
    }

    @Test
    void a_row_counts_by_its_weight() {
        float[] labels = {1, 0, 1, 0};
        FeatureRows rows = new FeatureRows(new float[] {0, 0, 1, 1}, 1, labels, new float[] {3, 1, 1, 4});
        TreeSettings settings = new TreeSettings(TreeSettings.Objective.CHANCE, .5, 300, 300, 2, .3, 0, 1, SEED, 1);
        try (BoostedTrees trees = BoostedTrees.fit(rows, rows, settings, Progress.SILENT)) {
            assertArrayEquals(new float[] {.75f, .75f, .2f, .2f}, trees.predict(rows), .07f);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void little_patience_still_sees_what_the_validation_part_gains(int patience) {
        TreeSettings settings =
                new TreeSettings(TreeSettings.Objective.CHANCE, .3, 40, patience, 4, .3, 1, .9, SEED, 1);
        try (BoostedTrees trees = BoostedTrees.fit(rows(2_000, SEED), rows(300, SEED + 1), settings, Progress.SILENT)) {
            assertTrue(trees.size() >= 10, trees.size() + " trees, seed " + SEED);
            assertTrue(trees.validationCost() < .5, trees.validationCost() + ", seed " + SEED);
        }
    }

    @Test
    void a_validation_part_that_only_loses_leaves_the_first_tree() {
        FeatureRows training = rows(2_000, SEED);
        float[] opposite = training.labels().clone();
        for (int row = 0; row < opposite.length; row++) {
            opposite[row] = 1 - opposite[row];
        }
        FeatureRows validation = FeatureRows.alike(training.values(), COLUMNS, opposite);
        List<Double> done = new ArrayList<>();
        TreeSettings settings = new TreeSettings(TreeSettings.Objective.CHANCE, .3, 40, 3, 4, .3, 1, .9, SEED, 1);
        try (BoostedTrees trees = BoostedTrees.fit(training, validation, settings, (what, share) -> done.add(share))) {
            assertEquals(1, trees.size());
            assertTrue(Double.isFinite(trees.validationCost()), "cost " + trees.validationCost());
            assertEquals(5, done.size(), "it ends at the first look that its patience does not outlast");
        }
    }

    @Test
    void all_trees_are_kept_where_the_validation_part_weighs_nothing() {
        FeatureRows some = rows(300, SEED + 1);
        FeatureRows weightless =
                new FeatureRows(some.values(), COLUMNS, some.labels(), new float[some.labels().length]);
        TreeSettings settings = new TreeSettings(TreeSettings.Objective.CHANCE, .3, 12, 3, 4, .3, 1, .9, SEED, 1);
        try (BoostedTrees trees = BoostedTrees.fit(rows(2_000, SEED), weightless, settings, Progress.SILENT)) {
            assertEquals(12, trees.size());
            assertEquals(0, trees.validationCost());
        }
    }

    @Test
    void rows_that_do_not_fit_their_columns_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> FeatureRows.alike(new float[7], 3, new float[2]));
    }

    private static float[] serve(byte[] model, FeatureRows rows) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {rows.labels().length, COLUMNS};
        try (OrtSession session = environment.createSession(model);
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(rows.values()), shape);
                OrtSession.Result result = session.run(Map.of("columns", input))) {
            float[] served = new float[rows.labels().length];
            ((OnnxTensor) result.get("prediction").orElseThrow())
                    .getFloatBuffer()
                    .get(served);
            return served;
        }
    }
}
