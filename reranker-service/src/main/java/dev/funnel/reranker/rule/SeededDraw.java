package dev.funnel.reranker.rule;

/** Random draws that depend on a seed and a text only: not on order, thread, machine or time. */
final class SeededDraw {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private SeededDraw() {}

    /** A standard normal draw (Box and Muller, 1958). */
    static double normal(long seed, String text) {
        long hash = hash(seed, text);
        double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(hash)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(mix(hash + GOLDEN)));
    }

    /** A uniform draw in (0, 1]. */
    static double uniform(long seed, String text) {
        return uniform(hash(seed, text));
    }

    private static long hash(long seed, String text) {
        long hash = mix(seed + GOLDEN);
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash ^ text.charAt(i));
        }
        return hash;
    }

    /** Uniform in (0, 1], from the upper 53 bits. */
    private static double uniform(long bits) {
        return ((bits >>> 11) + 1) * 0x1.0p-53;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
