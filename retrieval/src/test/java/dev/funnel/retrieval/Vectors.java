package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** Item vectors for tests, and the plainest possible search over them. */
public final class Vectors {
    private Vectors() {}

    /** Gaussian rows of very different lengths, as the factors of popular and rare items have. */
    public static FloatMatrix skewed(int rows, int columns, long seed) {
        Random random = new Random(seed);
        float[] flat = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            double length = Math.exp(random.nextGaussian());
            for (int c = 0; c < columns; c++) {
                flat[row * columns + c] = (float) (length * random.nextGaussian());
            }
        }
        return FloatMatrix.of(flat, rows, columns);
    }

    public static float[] gaussian(int length, long seed) {
        Random random = new Random(seed);
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    /** All items, the most similar first, computed in double precision from the definition. */
    public static int[] ranking(float[] query, FloatMatrix items, Similarity similarity) {
        double[] scores = IntStream.range(0, items.rows())
                .mapToDouble(item -> score(query, items.row(item), similarity))
                .toArray();
        return IntStream.range(0, items.rows())
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(item -> -scores[item])
                        .thenComparing(item -> item))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    public static double score(float[] query, float[] item, Similarity similarity) {
        double dot = 0;
        double queryLength = 0;
        double itemLength = 0;
        double distance = 0;
        for (int i = 0; i < query.length; i++) {
            dot += (double) query[i] * item[i];
            queryLength += (double) query[i] * query[i];
            itemLength += (double) item[i] * item[i];
            distance += Math.pow((double) query[i] - item[i], 2);
        }
        double lengths = Math.sqrt(queryLength * itemLength);
        return switch (similarity.kind()) {
            case DOT -> dot;
            case COSINE, NORM_TEMPERED_DOT -> lengths == 0 ? 0 : dot * Math.pow(lengths, similarity.exponent() - 1);
            case EUCLIDEAN -> -distance;
        };
    }

    /** The share of the first {@code k} of a ranking that is among the hits. */
    public static double recall(Hits hits, int[] ranking, int k) {
        int[] found = hits.items().clone();
        Arrays.sort(found);
        return Arrays.stream(ranking, 0, k)
                        .filter(item -> Arrays.binarySearch(found, item) >= 0)
                        .count()
                / (double) k;
    }
}
