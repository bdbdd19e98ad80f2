package dev.funnel.retrieval.hnswlib;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.Similarity;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Turns items and queries into points such that the item most similar to a query is the point nearest to it.
 *
 * <p>For the inner product this is the reduction of Bachrach et al. (2014), <i>Speeding Up the Xbox Recommender System Using a
 * Euclidean Transformation for Inner-Product Spaces</i>: an item x becomes (x, sqrt(M^2 - |x|^2)), where M is the greatest length
 * of any item, and a query q becomes (q, 0); then |q' - x'|^2 = |q|^2 + M^2 - 2 q.x. A graph over raw inner products instead
 * leaves half of its nodes unreachable. Cosine becomes the distance of unit vectors, Euclidean stays.
 */
final class EuclideanSpace {

    private final Similarity similarity;
    private final int dimensions;
    private final double greatestLength;

    EuclideanSpace(FloatMatrix items, Similarity similarity) {
        this.similarity = similarity;
        this.dimensions = items.columns();
        this.greatestLength = reduced() ? greatestLength(items) : 1;
    }

    /** Length of a point. */
    int pointDimensions() {
        return reduced() ? dimensions + 1 : dimensions;
    }

    float[] itemPoint(float[] item) {
        float[] point = Arrays.copyOf(scaled(item), pointDimensions());
        if (reduced()) {
            double rest = greatestLength * greatestLength - squaredLength(point);
            point[dimensions] = (float) Math.sqrt(Math.max(0, rest));
        }
        return point;
    }

    /**
     * The point of a query. For the inner product and cosine the query's length does not change the order of items, so it is
     * made that of the longest item: then distances are neither all alike nor lost in rounding.
     */
    float[] queryPoint(float[] query) {
        float[] point = Arrays.copyOf(query, pointDimensions());
        if (similarity.kind() != Similarity.Kind.EUCLIDEAN) {
            scaleTo(greatestLength, point);
        }
        return point;
    }

    /** Whether all items are equally similar to the query, so that there is nothing to search for. */
    boolean indifferent(float[] query) {
        return similarity.kind() != Similarity.Kind.EUCLIDEAN && squaredLength(query) == 0;
    }

    /** Whether lengths count, so that the inner product is reduced to a distance. */
    private boolean reduced() {
        return switch (similarity.kind()) {
            case DOT, NORM_TEMPERED_DOT -> true;
            case COSINE, EUCLIDEAN -> false;
        };
    }

    private float[] scaled(float[] item) {
        float scale = similarity.scale(item);
        float[] scaled = new float[item.length];
        for (int i = 0; i < item.length; i++) {
            scaled[i] = scale * item[i];
        }
        return scaled;
    }

    private static void scaleTo(double length, float[] point) {
        double present = Math.sqrt(squaredLength(point));
        double scale = present > 0 ? length / present : 0;
        for (int i = 0; i < point.length; i++) {
            point[i] = (float) (point[i] * scale);
        }
    }

    /** All items, the longest first, equally long ones by index. */
    static int[] longestFirst(FloatMatrix items) {
        return IntStream.range(0, items.rows())
                .mapToObj(item -> new Length(item, squaredLength(items.row(item))))
                .sorted(Comparator.comparingDouble(Length::squared).reversed().thenComparingInt(Length::item))
                .mapToInt(Length::item)
                .toArray();
    }

    private record Length(int item, double squared) {}

    private double greatestLength(FloatMatrix items) {
        return IntStream.range(0, items.rows())
                .mapToDouble(item -> Math.sqrt(squaredLength(scaled(items.row(item)))))
                .max()
                .orElse(1);
    }

    private static double squaredLength(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return sum;
    }
}
