package dev.funnel.bundle.testing;

import static dev.funnel.bundle.testing.SmallBundle.ITEMS;

import dev.funnel.bundle.History;
import dev.funnel.bundle.TensorFileWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The precomputed lists of a {@link SmallBundle}: neighbours of each item, and all items by one score. */
final class SmallLists {
    private SmallLists() {}

    /** Cosine of the sets of users who watched both items; the ten best of each. */
    static void writeCovisit(Path path, List<History> histories) throws IOException {
        float[][] together = new float[ITEMS][ITEMS];
        for (History history : histories) {
            for (int left : history.items()) {
                for (int right : history.items()) {
                    together[left][right]++;
                }
            }
        }
        long[] offsets = new long[ITEMS + 1];
        List<Integer> neighbours = new ArrayList<>();
        List<Float> scores = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            int item = i;
            float[] cosines = floats(ITEMS, other -> other == item ? 0 : cosine(together, item, other));
            for (int other : best(cosines)) {
                if (cosines[other] > 0 && neighbours.size() - offsets[i] < 10) {
                    neighbours.add(other);
                    scores.add(cosines[other]);
                }
            }
            offsets[i + 1] = neighbours.size();
        }
        float[] flat = floats(scores.size(), scores::get);
        new TensorFileWriter(path)
                .add("offsets", offsets)
                .add(
                        "neighbours",
                        neighbours.stream().mapToInt(Integer::intValue).toArray())
                .add("scores", flat)
                .write();
    }

    private static float cosine(float[][] together, int left, int right) {
        double norm = Math.sqrt(together[left][left] * together[right][right]);
        return norm == 0 ? 0 : (float) (together[left][right] / norm);
    }

    static void writeRanked(Path path, float[] scores) throws IOException {
        int[] order = best(scores);
        float[] ordered = floats(ITEMS, i -> scores[order[i]]);
        new TensorFileWriter(path).add("items", order).add("scores", ordered).write();
    }

    static float[] floats(int size, IntToDoubleFunction value) {
        float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
            floats[i] = (float) value.applyAsDouble(i);
        }
        return floats;
    }

    /** All items by falling score, equal ones by index. */
    private static int[] best(float[] scores) {
        return IntStream.range(0, ITEMS)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -scores[i]).thenComparing(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
