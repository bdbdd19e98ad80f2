package dev.funnel.trainer.tower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.trainer.learn.EmbeddingTable;
import dev.funnel.trainer.learn.Matrices;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every gradient written by hand against finite differences: dense weights and biases, embeddings of people and of items. */
final class GradientTest {
    private static final long SEED = 4;
    private static final int[][] LABELS = {{0}, {2, 4}, {1}};
    private static final int[][] KNOWN = {{1, 3}, {}, {4}};
    private static final float[] LOG_CHANCES = {-0.1f, -0.5f, -1f, -0.2f, -2f};
    private static final int[] CANDIDATES = {1, 4, 5, 9, 20};
    private static final float STEP = 2e-3f;

    /** The towers, run once forward and back. */
    private static final class Run {
        private final TowerNetwork query;
        private final TowerNetwork item;
        private final TowerNetwork.Pass people;
        private final TowerNetwork.Pass items;
        private final int dimensions;

        Run(TowerFit.Networks networks) {
            query = networks.query();
            TowerNetwork ofItems = networks.item();
            assertNotNull(ofItems);
            item = ofItems;
            people = query.new Pass(3);
            items = item.new Pass(CANDIDATES.length);
            dimensions = query.shape().dimensions();
        }

        double cost(boolean backward) {
            people.person(0, SmallTables.person(0, 1, 2, 3));
            people.person(1, SmallTables.person(1, 7));
            people.person(2, SmallTables.person(1));
            float[] queries = people.forward(3);
            BitSet masked = new BitSet();
            masked.set(1);
            items.items(CANDIDATES, masked);
            float[] vectors = items.forward(CANDIDATES.length);
            float[] transposed = new float[vectors.length];
            Matrices.transpose(CANDIDATES.length, dimensions, vectors, transposed);
            SampledSoftmax softmax = new SampledSoftmax(dimensions, 0.5);
            float[] gradient = new float[3 * dimensions];
            CandidateSet candidates = new CandidateSet(CANDIDATES, LOG_CHANCES, LABELS);
            double cost = softmax.run(queries, 3, candidates, 0, KNOWN, vectors, transposed, 1, gradient);
            if (backward) {
                people.backward(gradient);
                items.backward(softmax.itemGradient());
            }
            return cost;
        }
    }

    private static void check(Run run, String what, int size, IntConsumer up, IntConsumer down, float[] gradient) {
        double middle = run.cost(false);
        for (int i = 0; i < size; i += Math.max(1, size / 25)) {
            up.accept(i);
            double above = run.cost(false);
            down.accept(i);
            down.accept(i);
            double below = run.cost(false);
            up.accept(i);
            // At a kink of a rectifier the two differ, and the gradient is one of them.
            double right = (above - middle) / STEP;
            double left = (middle - below) / STEP;
            double tolerance = 1e-2 * Math.max(1, Math.abs(right));
            double nearest = Math.clamp(gradient[i], Math.min(left, right), Math.max(left, right));
            assertEquals(nearest, gradient[i], tolerance, what + " " + i);
        }
    }

    private static void checkArray(Run run, String what, float[] values, @Nullable TowerNetwork of, float[] gradient) {
        check(
                run,
                what,
                values.length,
                i -> add(values, i, STEP, of),
                i -> add(values, i, -STEP, of),
                gradient.clone());
    }

    private static void add(float[] values, int i, float step, @Nullable TowerNetwork of) {
        values[i] += step;
        if (of != null) {
            of.stack().refresh();
        }
    }

    private static void checkNetwork(Run run, TowerNetwork network, TowerNetwork.Pass pass, String name) {
        run.cost(true);
        for (int layer = 0; layer < network.stack().size(); layer++) {
            float[] weights = pass.sums().weights(layer).clone();
            float[] bias = pass.sums().bias(layer).clone();
            checkArray(run, name + " weights of layer " + layer, network.stack().weights(layer), network, weights);
            checkArray(run, name + " biases of layer " + layer, network.stack().bias(layer), network, bias);
        }
        network.tables().keySet().forEach(table -> checkTable(run, network, pass, table));
    }

    private static void checkTable(Run run, TowerNetwork network, TowerNetwork.Pass pass, String name) {
        EmbeddingTable table = network.tables().get(name);
        assertNotNull(table);
        run.cost(true);
        float[] gradient = gradient(table, pass, name);
        FloatMatrix rows = table.view();
        check(run, "table " + name, gradient.length, i -> addTo(rows, i, STEP), i -> addTo(rows, i, -STEP), gradient);
    }

    private static void addTo(FloatMatrix rows, int i, float step) {
        float value = rows.segment().getAtIndex(ValueLayout.JAVA_FLOAT, i);
        rows.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, value + step);
    }

    /** What is collected for a table, row after row: seen by a table of the same shape that is only a sink. */
    private static float[] gradient(EmbeddingTable table, TowerNetwork.Pass pass, String name) {
        EmbeddingTable sink = new EmbeddingTable(table.size(), table.width());
        pass.collect(name, sink);
        return sink.collected();
    }

    private static Run run(Path folder, Arena arena, TowerShape shape) throws Exception {
        SmallTables tables = new SmallTables(folder, arena);
        TowerSettings settings = new TowerSettings(
                new TowerSettings.Features(4, 3, 10, false),
                shape,
                shape,
                0.5,
                new TowerSettings.Sampling(10, 0, 0, 1, 0, 0),
                new TowerSettings.Descent(1, 8, 1e-3f, 0.1f, 0, 0),
                SEED,
                1);
        return new Run(TowerFit.networks(tables.input(new SmallTables.Planted(10, SEED)), settings, "generators/t"));
    }

    @Test
    void gradients_of_normalised_towers_are_those_of_finite_differences(@TempDir Path folder) throws Exception {
        try (Arena arena = Arena.ofShared()) {
            Run run = run(folder, arena, new TowerShape(List.of(6), 5, false, true));
            checkNetwork(run, run.query, run.people, "query");
            checkNetwork(run, run.item, run.items, "item");
        }
    }

    @Test
    void gradients_of_rectified_towers_are_those_of_finite_differences(@TempDir Path folder) throws Exception {
        try (Arena arena = Arena.ofShared()) {
            Run run = run(folder, arena, new TowerShape(List.of(6), 5, true, false));
            checkNetwork(run, run.query, run.people, "query");
            checkNetwork(run, run.item, run.items, "item");
        }
    }
}
