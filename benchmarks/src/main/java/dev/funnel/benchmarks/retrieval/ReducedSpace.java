package dev.funnel.benchmarks.retrieval;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.Similarity;
import java.util.Arrays;

/**
 * Points whose Euclidean distance orders items as the similarity does, for libraries that know distances only: in the family of the inner
 * product an item x, scaled as the similarity says, becomes (x, sqrt(M^2 - |x|^2)) and a query (q, 0) of the longest item's length
 * (Bachrach et al. 2014, section 3).
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
            most = Math.max(most, squares(scaled(items.row(item), similarity.scale(items.row(item)))));
        }
        this.longest = Math.sqrt(most);
    }

    int dimensions() {
        return euclidean() ? dimensions : dimensions + 1;
    }

    float[] item(float[] vector) {
        if (euclidean()) {
            return vector;
        }
        float[] point = Arrays.copyOf(scaled(vector, similarity.scale(vector)), dimensions + 1);
        point[dimensions] = (float) Math.sqrt(Math.max(0, longest * longest - squares(point)));
        return point;
    }

    float[] query(float[] vector) {
        if (euclidean()) {
            return vector;
        }
        double squares = squares(vector);
        return Arrays.copyOf(scaled(vector, squares > 0 ? (float) (longest / Math.sqrt(squares)) : 0), dimensions + 1);
    }

    private boolean euclidean() {
        return similarity.kind() == Similarity.Kind.EUCLIDEAN;
    }

    private static float[] scaled(float[] vector, float factor) {
        float[] scaled = vector.clone();
        for (int j = 0; j < scaled.length; j++) {
            scaled[j] *= factor;
        }
        return scaled;
    }

    private static double squares(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return sum;
    }
}
