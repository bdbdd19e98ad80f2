package dev.funnel.trainer.prepare;

import dev.funnel.trainer.read.InteractionKinds;
import java.util.Map;

/**
 * Which interactions speak for an item, and how loudly.
 *
 * <p>Positive are watches, clicks, likes and purchases that were not left at once: watched for {@code leastSeconds} or for
 * {@code leastShare} of the item, or for an unknown time. One that was left at once still counts, by {@code leftShare} of
 * its weight: next to nothing, so that it neither draws nor is forgotten as something the user knows. Dislikes, impressions
 * and searches count nothing.
 *
 * @param leastSeconds watched at least so long is not left at once, at least 0
 * @param leastShare watched at least this share of the duration is not left at once, 0 to 1
 * @param leftShare what is left of the weight of an interaction that was left at once, above 0, at most 1
 */
public record PositiveRule(float leastSeconds, float leastShare, float leftShare) {

    public static final PositiveRule DEFAULT = new PositiveRule(10, .5f, .001f);

    public PositiveRule {
        if (!(leastSeconds >= 0 && leastSeconds < 1e6)) {
            throw new IllegalArgumentException("least seconds is " + leastSeconds + ", must be 0 to 1e6");
        }
        if (!(leastShare >= 0 && leastShare <= 1)) {
            throw new IllegalArgumentException("least share is " + leastShare + ", must be 0 to 1");
        }
        if (!(leftShare > 0 && leftShare <= 1)) {
            throw new IllegalArgumentException("left share is " + leftShare + ", must be above 0, at most 1");
        }
    }

    /** Whether the kind of interaction can speak for an item at all. */
    public static boolean speaks(byte kind) {
        return switch (kind) {
            case 0, InteractionKinds.WATCH, InteractionKinds.CLICK -> true;
            case InteractionKinds.LIKE, InteractionKinds.PURCHASE -> true;
            default -> false;
        };
    }

    /**
     * Whether an interaction is positive.
     *
     * @param watchSeconds NaN is unknown
     * @param durationSeconds of the item; NaN is unknown
     */
    public boolean positive(byte kind, float watchSeconds, float durationSeconds) {
        return speaks(kind) && !leftAtOnce(watchSeconds, durationSeconds);
    }

    /** What an interaction of {@code weight} counts; 0 if its kind does not speak for an item. */
    public float strength(byte kind, float weight, float watchSeconds, float durationSeconds) {
        if (!speaks(kind)) {
            return 0;
        }
        return leftAtOnce(watchSeconds, durationSeconds) ? leftShare * weight : weight;
    }

    /** The rule as a generator's parameters in the manifest, so that a service can apply it to what a caller sends. */
    public Map<String, Double> parameters() {
        return Map.of(
                "least_watch_seconds", (double) leastSeconds,
                "least_watch_share", (double) leastShare,
                "left_share", (double) leftShare);
    }

    private boolean leftAtOnce(float watchSeconds, float durationSeconds) {
        return watchSeconds < leastSeconds && !(watchSeconds >= leastShare * durationSeconds);
    }
}
