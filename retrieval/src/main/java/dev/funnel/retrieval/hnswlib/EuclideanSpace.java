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
        this.greatestLength = similarity == Similarity.DOT ? greatestLength(items) : 1;
    }

    /** Length of a point. */
    int pointDimensions() {
        return similarity == Similarity.DOT ? dimensions + 1 : dimensions;
    }

    float[] itemPoint(float[] item) {
        float[] point = Arrays.copyOf(item, pointDimensions());
        switch (similarity) {
            case DOT -> {
                double rest = greatestLength * greatestLength - squaredLength(item);
                point[dimensions] = (float) Math.sqrt(Math.max(0, rest));
            }
            case COSINE -> scaleTo(1, point);
            case EUCLIDEAN -> {}
        }
        return point;
    }

    /**
     * The point of a query. For the inner product and cosine the query's length does not change the order of items, so it is
     * made that of the longest item: then distances are neither all alike nor lost in rounding.
     */
    float[] queryPoint(float[] query) {
        float[] point = Arrays.copyOf(query, pointDimensions());
        if (similarity != Similarity.EUCLIDEAN) {
            scaleTo(greatestLength, point);
        }
        return point;
    }

    /** Whether all items are equally similar to the query, so that there is nothing to search for. */
    boolean indifferent(float[] query) {
        return similarity != Similarity.EUCLIDEAN && squaredLength(query) == 0;
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

    private static double greatestLength(FloatMatrix items) {
        return IntStream.range(0, items.rows())
                .mapToDouble(item -> Math.sqrt(squaredLength(items.row(item))))
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
