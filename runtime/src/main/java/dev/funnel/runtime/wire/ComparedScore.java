package dev.funnel.runtime.wire;

/**
 * A score as items are ordered by it: rounded to {@value #SIGNIFICANT_BITS} significant bits, a step of 1.5e-5 of it. How a pool was cut into
 * batches, and which engine scored it, shows in a score's last bits, and would decide which of two equal items stands first; so their ids do.
 */
public final class ComparedScore {
    private static final int SIGNIFICANT_BITS = 17;
    private static final int HALF_STEP = 1 << Float.PRECISION - SIGNIFICANT_BITS - 1;

    private ComparedScore() {}

    /** The nearest step; both zeros are 0, and what would round to infinity stays as it is. */
    public static float of(float score) {
        float rounded = Float.intBitsToFloat(Float.floatToRawIntBits(score) + HALF_STEP & -2 * HALF_STEP);
        return (Float.isFinite(rounded) ? rounded : score) + 0.0f;
    }
}
