package dev.funnel.benchmarks.retrieval;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes vector sets: from files, or from a seed. */
public final class VectorSets {

    private VectorSets() {}

    /**
     * Items and users of {@link SkewedVectors}, with exact answers.
     *
     * @param k how many answers per query
     */
    public static VectorSet synthetic(
            int items,
            int dimensions,
            long seed,
            int users,
            Similarity similarity,
            int k,
            int threads,
            Progress progress) {
        progress.advance("making " + items + " vectors", 0);
        SkewedVectors world = new SkewedVectors(items, dimensions, seed);
        FloatMatrix matrix = world.items(items);
        float[][] queries = world.users(users);
        int[][] truth = new FloatScan(matrix, similarity).answers(queries, k, ItemTest.ALL, threads, progress);
        String name = "synthetic %d x %d, seed %d".formatted(items, dimensions, seed);
        return new VectorSet(name, matrix, queries, truth, similarity);
    }

    /**
     * Vectors from files.
     *
     * @param truth null: the answers are computed
     * @throws IOException naming the file and the rule that it breaks
     */
    public static VectorSet read(
            Path base, Path queries, @Nullable Path truth, Similarity similarity, int k, int threads, Progress progress)
            throws IOException {
        FloatMatrix items = VectorFiles.floats(base);
        FloatMatrix asked = VectorFiles.floats(queries);
        require(
                asked.columns() == items.columns(),
                "%s has %d dimensions, %s has %d".formatted(queries, asked.columns(), base, items.columns()));
        float[][] rows = VectorSet.rows(asked);
        int[][] answers = truth == null
                ? new FloatScan(items, similarity).answers(rows, k, ItemTest.ALL, threads, progress)
                : VectorFiles.ints(truth);
        if (truth != null) {
            check(truth, answers, items.rows(), rows.length, k);
        }
        return new VectorSet(String.valueOf(base.getFileName()), items, rows, answers, similarity);
    }

    private static void check(Path file, int[][] answers, int items, int queries, int k) throws IOException {
        require(answers.length == queries, "%s has %d rows for %d queries".formatted(file, answers.length, queries));
        int wanted = Math.min(k, items);
        for (int row = 0; row < answers.length; row++) {
            int at = row;
            require(
                    answers[row].length >= wanted,
                    "%s: row %d has %d answers, k is %d".formatted(file, at, answers[row].length, k));
            require(
                    Arrays.stream(answers[row]).allMatch(item -> item >= 0 && item < items),
                    "%s: row %d names an item outside of 0 to %d".formatted(file, at, items - 1));
        }
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }
}
