package dev.funnel.inference.feature;

/** NaN, a number that is missing, told without a branch: that of many a feature comes and goes as no processor can foresee. */
final class Missing {
    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
    private static final int ONE = Float.floatToRawIntBits(1);

    private Missing() {}

    /** 1 for NaN, else 0. */
    static float flag(float value) {
        return Float.intBitsToFloat(ONE & bits(value));
    }

    /** {@code missing} if a value is NaN, else what was made of it. */
    static float or(float missing, float value, float made) {
        int bits = bits(value);
        return Float.intBitsToFloat(Float.floatToRawIntBits(missing) & bits | Float.floatToRawIntBits(made) & ~bits);
    }

    /** All bits for NaN, else none. */
    private static int bits(float value) {
        return INFINITY - (Float.floatToRawIntBits(value) & Integer.MAX_VALUE) >> 31;
    }
}
