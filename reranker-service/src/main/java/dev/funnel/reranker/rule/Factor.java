package dev.funnel.reranker.rule;

import java.util.Locale;

/**
 * How a score is raised or lowered by a factor: a factor above 1 never lowers a score, one below 1 never raises it, whatever
 * the score's sign.
 */
final class Factor {
    private Factor() {}

    /**
     * The score times {@code factor} if it is positive, divided by it if it is negative, 0 if it is 0; held within the finite
     * floats.
     *
     * @param factor above 0
     */
    static float apply(float score, double factor) {
        double changed = score > 0 ? score * factor : score / factor;
        return (float) Math.clamp(changed, -Float.MAX_VALUE, Float.MAX_VALUE);
    }

    /** The factor as a change, e.g. "+12 %". */
    static String text(double factor) {
        double percent = (factor - 1) * 100;
        return String.format(Locale.ROOT, Math.abs(percent) < 9.95 ? "%+.1f %%" : "%+.0f %%", percent);
    }
}
