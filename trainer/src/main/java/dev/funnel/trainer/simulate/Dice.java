package dev.funnel.trainer.simulate;

/**
 * A stream of random numbers that is the same on every machine and for any number of threads: each video, viewer and
 * purpose rolls its own dice, seeded by what it is and not by when it is reached.
 *
 * <p>SplitMix64 (Steele, Lea and Flood 2014); {@link StrictMath} only, so that the last bit agrees everywhere.
 */
final class Dice {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** Dice for entity {@code index} of the kind {@code stream}, of the world {@code seed}. */
    Dice(long seed, Stream stream, long index) {
        this.state = mix(mix(seed + GAMMA * (stream.ordinal() + 1)) + GAMMA * index);
    }

    /** What dice are rolled for. Appending keeps existing worlds; reordering changes them. */
    enum Stream {
        TOPIC,
        UPLOADER,
        VIDEO,
        VIEWER,
        LOG
    }

    long next() {
        return mix(state += GAMMA);
    }

    /** Uniform in [0, 1). */
    double uniform() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Uniform in 0 .. bound - 1. */
    int below(int bound) {
        return (int) (uniform() * bound);
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    /** Exponential with mean 1. */
    double exponential() {
        return -StrictMath.log(1 - uniform());
    }

    /** Standard normal (Box and Muller 1958). */
    double gaussian() {
        return StrictMath.sqrt(2 * exponential()) * StrictMath.cos(2 * Math.PI * uniform());
    }

    /** One of {@code values}. */
    <T> T oneOf(T[] values) {
        return values[below(values.length)];
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
