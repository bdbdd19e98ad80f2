package dev.funnel.benchmarks.retrieval;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.Similarity;
import java.util.Arrays;

/**
 * Points whose Euclidean distance orders items as the similarity does, for libraries that know distances only: for the inner product an
 * item x becomes (x, sqrt(M^2 - |x|^2)) and a query (q, 0) of the longest item's length (Bachrach et al. 2014, section 3).
 */
final class ReducedSpace {

    private final Similarity similarity;
    private final double longest;
    private final int dimensions;

    ReducedSpace(FloatMatrix items, Similarity similarity) {
        this.similarity = similarity;
        this.dimensions = items.columns();
        double most = 0;
        for (int item = 0; item < items.rows(); item++) {
            most = Math.max(most, squares(items.row(item)));
        }
        this.longest = Math.sqrt(most);
    }

    int dimensions() {
        return similarity == Similarity.DOT ? dimensions + 1 : dimensions;
    }

    float[] item(float[] vector) {
        return switch (similarity) {
            case DOT -> {
                float[] point = Arrays.copyOf(vector, dimensions + 1);
                point[dimensions] = (float) Math.sqrt(Math.max(0, longest * longest - squares(vector)));
                yield point;
            }
            case COSINE -> scaled(vector, dimensions, 1);
            case EUCLIDEAN -> vector;
        };
    }

    float[] query(float[] vector) {
        return switch (similarity) {
            case DOT -> scaled(vector, dimensions + 1, longest);
            case COSINE -> scaled(vector, dimensions, 1);
            case EUCLIDEAN -> vector;
        };
    }

    private static float[] scaled(float[] vector, int length, double to) {
        float[] point = Arrays.copyOf(vector, length);
        double squares = squares(vector);
        float factor = squares > 0 ? (float) (to / Math.sqrt(squares)) : 0;
        for (int j = 0; j < vector.length; j++) {
            point[j] *= factor;
        }
        return point;
    }

    private static double squares(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return sum;
    }
}
