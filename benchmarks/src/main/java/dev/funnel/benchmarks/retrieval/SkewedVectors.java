package dev.funnel.benchmarks.retrieval;

import dev.funnel.bundle.FloatMatrix;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Vectors with the geometry of learned item factors: items crowd around clusters, a few directions carry most of the variance, and
 * lengths are log-normal, so that a few items are long; users are mixtures of a few clusters.
 *
 * <p>Direction j has the scale (j + 1)^-1/2. An item is its cluster's centre plus as much noise, scaled to length one, times exp(N(0,
 * {@value #LENGTH_SPREAD})); larger clusters are likelier (Zipf). A user is a weighted sum of {@value #TASTES} centres plus noise.
 */
public final class SkewedVectors {

    private static final double LENGTH_SPREAD = .5;
    private static final int TASTES = 3;
    private static final int FEWEST_CLUSTERS = 16;
    private static final int ITEMS_PER_CLUSTER = 2_000;
    private static final double USER_NOISE = .3;

    private final int dimensions;
    private final long seed;
    private final float[][] centres;
    private final double[] cumulative;

    /**
     * The world of a seed; the same seed, count and dimensions give the same vectors on any number of threads.
     *
     * @param items how many items there will be, at least 1
     * @param dimensions of all vectors, at least 1
     */
    public SkewedVectors(int items, int dimensions, long seed) {
        this.dimensions = dimensions;
        this.seed = seed;
        Random random = new Random(seed);
        int clusters = Math.max(FEWEST_CLUSTERS, items / ITEMS_PER_CLUSTER);
        centres = new float[clusters][];
        cumulative = new double[clusters];
        double sum = 0;
        for (int cluster = 0; cluster < clusters; cluster++) {
            centres[cluster] = unit(noise(random));
            sum += 1.0 / (cluster + 1);
            cumulative[cluster] = sum;
        }
    }

    /** {@code count} items, one per row. */
    public FloatMatrix items(int count) {
        float[] flat = new float[Math.multiplyExact(count, dimensions)];
        IntStream.range(0, count).parallel().forEach(item -> {
            Random random = new Random(mixed(item));
            float[] vector = unit(sum(centres[cluster(random)], 1, unit(noise(random)), 1));
            double length = Math.exp(LENGTH_SPREAD * random.nextGaussian());
            for (int j = 0; j < dimensions; j++) {
                flat[item * dimensions + j] = (float) (vector[j] * length);
            }
        });
        return FloatMatrix.of(flat, count, dimensions);
    }

    /** {@code count} users. */
    public float[][] users(int count) {
        return IntStream.range(0, count).mapToObj(this::user).toArray(float[][]::new);
    }

    private float[] user(int user) {
        Random random = new Random(mixed(-1L - user));
        float[] vector = new float[dimensions];
        for (int taste = 0; taste < TASTES; taste++) {
            vector = sum(vector, 1, centres[cluster(random)], .2 + random.nextDouble());
        }
        return sum(vector, 1, unit(noise(random)), USER_NOISE);
    }

    private int cluster(Random random) {
        double drawn = random.nextDouble() * cumulative[cumulative.length - 1];
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] < drawn) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Gaussian, with the decaying spectrum. */
    private float[] noise(Random random) {
        float[] vector = new float[dimensions];
        for (int j = 0; j < dimensions; j++) {
            vector[j] = (float) (random.nextGaussian() / Math.sqrt(j + 1.0));
        }
        return vector;
    }

    private static float[] sum(float[] one, double weight, float[] other, double otherWeight) {
        float[] sum = new float[one.length];
        for (int j = 0; j < sum.length; j++) {
            sum[j] = (float) (weight * one[j] + otherWeight * other[j]);
        }
        return sum;
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return sum(vector, 1 / Math.sqrt(squares), vector, 0);
    }

    /** A seed of its own for each vector (Steele et al. 2014, SplitMix64). */
    private long mixed(long of) {
        long z = (seed + 1) * 0x9E3779B97F4A7C15L + of * 0xD1B54A32D192ED03L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
