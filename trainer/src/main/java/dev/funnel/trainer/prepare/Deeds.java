package dev.funnel.trainer.prepare;

import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.read.InteractionLog;
import java.util.Arrays;

/**
 * The interactions with what they mean: whether each is positive, and what it counts. A <em>place</em> is an interaction's
 * number in the log.
 *
 * @param strengths what each counts, 0 if it does not speak for its item
 */
public record Deeds(InteractionLog log, int userCount, int itemCount, boolean[] positive, float[] strengths) {

    /** Judges every interaction of a log by the rule. */
    public static Deeds of(
            InteractionLog log, int userCount, int itemCount, float[] durationSeconds, PositiveRule rule) {
        boolean[] positive = new boolean[log.size()];
        float[] strengths = new float[log.size()];
        for (int i = 0; i < positive.length; i++) {
            float duration = durationSeconds[log.items()[i]];
            float watched = log.watchSeconds()[i];
            positive[i] = rule.positive(log.kinds()[i], watched, duration);
            strengths[i] = rule.strength(log.kinds()[i], log.weights()[i], watched, duration);
        }
        return new Deeds(log, userCount, itemCount, positive, strengths);
    }

    /** How many interactions there are. */
    public int size() {
        return log.size();
    }

    /** The places that speak for their item, of these. */
    public int[] speaking(int[] places) {
        return Arrays.stream(places).filter(place -> strengths[place] > 0).toArray();
    }

    /** Users x items: what the interactions at these places count, added up. */
    public SparseRows matrix(int[] places) {
        int[] speaking = speaking(places);
        int[] users = new int[speaking.length];
        int[] items = new int[speaking.length];
        float[] values = new float[speaking.length];
        for (int i = 0; i < speaking.length; i++) {
            users[i] = log.users()[speaking[i]];
            items[i] = log.items()[speaking[i]];
            values[i] = strengths[speaking[i]];
        }
        return SparseRows.of(userCount, itemCount, users, items, values);
    }
}
