package dev.funnel.trainer.fit;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The newest items. An item's score is 1 / (1 + age), where its age is counted in days behind the newest item, or, in a
 * catalogue without times of publication, in places behind it: 1 for the newest, towards 0 for the oldest.
 */
public final class Newest {

    private static final double MILLIS_PER_DAY = TimeUnit.DAYS.toMillis(1);

    private Newest() {}

    /**
     * The {@code most} newest of the items whose time of publication is known.
     *
     * @param publishedMillis time of publication of each item, milliseconds since 1970; {@link Long#MIN_VALUE} if unknown
     */
    public static RankedItems byPublication(long[] publishedMillis, int most) {
        long newest = Arrays.stream(publishedMillis).max().orElse(Long.MIN_VALUE);
        float[] scores = new float[publishedMillis.length];
        for (int item = 0; item < scores.length; item++) {
            if (publishedMillis[item] != Long.MIN_VALUE) {
                scores[item] = score(((double) newest - publishedMillis[item]) / MILLIS_PER_DAY);
            }
        }
        return RankedItems.best(scores, most);
    }

    /**
     * The {@code most} most recently seen items, for a catalogue without times of publication.
     *
     * @param items the item of each interaction, oldest first
     */
    public static RankedItems byLastInteraction(int itemCount, int[] items, int most) {
        float[] scores = new float[itemCount];
        int age = 0;
        for (int i = items.length - 1; i >= 0; i--) {
            if (scores[items[i]] == 0) {
                scores[items[i]] = score(age++);
            }
        }
        return RankedItems.best(scores, most);
    }

    private static float score(double age) {
        return (float) (1 / (1 + age));
    }
}
