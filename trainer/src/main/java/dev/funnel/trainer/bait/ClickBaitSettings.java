package dev.funnel.trainer.bait;

/**
 * How the click-bait model is trained.
 *
 * @param leftWithinSeconds a click that was watched for less was left at once; above 0
 * @param fewestClicks with fewer clicks of known watch time there is no model
 * @param hidden width of the network's one hidden layer
 * @param epochs passes over the clicks
 * @param seed of everything random
 */
public record ClickBaitSettings(double leftWithinSeconds, int fewestClicks, int hidden, int epochs, long seed) {
    public ClickBaitSettings {
        if (!(leftWithinSeconds > 0)) {
            throw new IllegalArgumentException("left within is " + leftWithinSeconds + " s, must be above 0");
        }
    }

    public static ClickBaitSettings defaults(long seed) {
        return new ClickBaitSettings(10, 1_000, 16, 4, seed);
    }
}
