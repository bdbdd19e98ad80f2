package dev.funnel.trainer.tower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.inference.Tower;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.engine.OnnxRuntimeEngine;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.learn.EmbeddingTable;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TowerTrainingTest {
    private static final long SEED = 9;

    private final Arena arena = Arena.ofShared();
    private SmallTables tables;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        tables = new SmallTables(folder, arena);
    }

    @AfterEach
    void close() {
        arena.close();
    }

    private static TowerSettings settings(@Nullable TowerShape item, int negatives, int epochs, int threads) {
        TowerShape query = item == null ? TowerShape.halving(2, 8) : item;
        return new TowerSettings(
                new TowerSettings.Features(4, 3, 10, false),
                query,
                item,
                item == null ? 1 : 0.2,
                new TowerSettings.Sampling(10, negatives, 0, 0.8, 0, 0.2),
                new TowerSettings.Descent(epochs, 200, 5e-3f, 0.1f, 0, 0),
                SEED,
                threads);
    }

    private static TowerShape normalised() {
        return new TowerShape(List.of(12), 8, false, true);
    }

    private TrainedTowers fit(@Nullable TowerShape item, int negatives, int epochs, int threads) {
        TowerSettings settings = settings(item, negatives, epochs, threads);
        TowerInput input = tables.input(new SmallTables.Planted(4_000, SEED));
        return TowerFit.fit(input, settings, "generators/t", Progress.SILENT);
    }

    /** softmax(scores / temperature) over all items, in the trainer's own arithmetic. */
    private static double[] learnt(TrainedTowers trained, int user) {
        float[] query = trained.person(SmallTables.person(user));
        double[] shares = new double[SmallTables.ITEMS];
        double sum = 0;
        for (int item = 0; item < shares.length; item++) {
            double dot = 0;
            for (int c = 0; c < query.length; c++) {
                dot += (double) query[c] * trained.items().get(item, c);
            }
            shares[item] = Math.exp(dot / trained.settings().temperature());
            sum += shares[item];
        }
        for (int item = 0; item < shares.length; item++) {
            shares[item] /= sum;
        }
        return shares;
    }

    private static double apart(double[] a, double[] b) {
        return IntStream.range(0, a.length)
                        .mapToDouble(i -> Math.abs(a[i] - b[i]))
                        .sum()
                / 2;
    }

    @Test
    void labels_of_the_batch_as_the_only_negatives_still_teach_the_true_distribution() {
        // In a batch of 8 popular items are nearly always there: uncorrected, they would be learnt as far less likely.
        TowerSettings usual = settings(null, 0, 30, 1);
        TowerSettings small = new TowerSettings(
                usual.features(),
                usual.query(),
                null,
                1,
                usual.sampling(),
                new TowerSettings.Descent(12, 8, 2e-3f, 0.05f, 0, 0),
                SEED,
                1);
        TrainedTowers trained = TowerFit.fit(
                tables.input(new SmallTables.Planted(4_000, SEED)), small, "generators/t", Progress.SILENT);
        for (int user = 0; user < 2; user++) {
            double distance = apart(SmallTables.planted(user), learnt(trained, user));
            assertTrue(distance < 0.08, "user " + user + " is " + distance + " apart");
        }
    }

    @Test
    void drawn_negatives_teach_the_true_distribution_too() {
        TrainedTowers trained = fit(null, 6, 12, 2);
        for (int user = 0; user < 2; user++) {
            double distance = apart(SmallTables.planted(user), learnt(trained, user));
            assertTrue(distance < 0.08, "user " + user + " is " + distance + " apart");
        }
    }

    @Test
    void the_result_does_not_depend_on_the_number_of_threads() {
        TrainedTowers one = fit(normalised(), 4, 1, 1);
        TrainedTowers three = fit(normalised(), 4, 1, 3);
        assertArrayEquals(one.items().toArray(), three.items().toArray());
        assertArrayEquals(one.person(SmallTables.person(1, 3, 4)), three.person(SmallTables.person(1, 3, 4)));
    }

    @Test
    void the_onnx_networks_are_what_the_trainer_computes() throws EngineRefusedException {
        TrainedTowers trained = fit(normalised(), 4, 1, 2);
        RankingInput[] people = {SmallTables.person(0), SmallTables.person(1, 5, 6, 7), SmallTables.person(1, 23)};
        try (Tower query = load(trained.query())) {
            for (RankingInput person : people) {
                assertArrayEquals(trained.person(person).clone(), query.person(person), 1e-5f);
            }
        }
        try (Tower item = load(trained.item())) {
            int[] all = IntStream.range(0, SmallTables.ITEMS).toArray();
            assertArrayEquals(trained.items().toArray(), item.items(all), 1e-5f);
        }
    }

    private static Tower load(@Nullable LearntTower tower) throws EngineRefusedException {
        assertNotNull(tower);
        return new Tower(
                new FeatureTransform(tower.schema(), tower.store()),
                OnnxRuntimeEngine.load(tower.onnx(), tower.schema()));
    }

    @Test
    void a_step_moves_only_rows_that_it_read() {
        TowerFit.Networks networks = TowerFit.networks(
                tables.input(new SmallTables.Planted(10, SEED)), settings(normalised(), 0, 1, 1), "generators/t");
        EmbeddingTable watched = networks.query().tables().get("watched");
        assertNotNull(watched);
        float[] before = watched.copy();
        TowerNetwork.Pass pass = networks.query().new Pass(2);
        pass.person(0, SmallTables.person(0, 3, 7));
        pass.person(1, SmallTables.person(1, 7));
        float[] gradient = new float[16];
        Arrays.fill(gradient, 1);
        gradient[0] = -2;
        pass.forward(2);
        pass.backward(gradient);
        pass.collect("watched", watched);
        watched.step(0.1f);
        float[] after = watched.copy();
        for (int row = 0; row < SmallTables.ITEMS; row++) {
            boolean same = Arrays.equals(
                    Arrays.copyOfRange(before, 4 * row, 4 * row + 4), Arrays.copyOfRange(after, 4 * row, 4 * row + 4));
            assertEquals(row != 3 && row != 7, same, "row " + row);
        }
    }

    @Test
    void an_item_without_its_own_row_is_placed_by_what_is_known_of_it() {
        TrainedTowers trained = fit(normalised(), 0, 6, 2);
        LearntTower tower = trained.item();
        assertNotNull(tower);
        TowerNetwork.Pass pass = tower.network().new Pass(2);
        BitSet masked = new BitSet();
        masked.set(0, 2);
        pass.items(new int[] {0, 1}, masked);
        float[] vectors = pass.forward(2);
        float[] a = trained.person(SmallTables.person(0));
        double even = 0;
        double odd = 0;
        for (int c = 0; c < 8; c++) {
            even += a[c] * vectors[c];
            odd += a[c] * vectors[8 + c];
        }
        assertTrue(even > odd + 0.1, even + " against " + odd);
    }
}
