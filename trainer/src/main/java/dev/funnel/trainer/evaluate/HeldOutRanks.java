package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.fit.SparseRows;
import java.util.Arrays;

/** At which ranks held-out items stand among all items that a user has not interacted with. */
final class HeldOutRanks {

    private HeldOutRanks() {}

    /**
     * The ranks, from 0, ascending. One pass over the items: each is put before those held-out ones that do not score above it.
     *
     * @param scores of all items
     * @param heldOut ascending
     */
    static int[] of(float[] scores, SparseRows train, int user, int[] heldOut) {
        float[] wanted = new float[heldOut.length];
        for (int i = 0; i < heldOut.length; i++) {
            float score = scores[heldOut[i]];
            wanted[i] = Float.isNaN(score) ? Float.NEGATIVE_INFINITY : score;
        }
        Arrays.sort(wanted);
        int[] overtaken = overtaken(scores, train, user, heldOut, wanted);
        int[] ranks = new int[wanted.length];
        int before = 0;
        for (int place = wanted.length - 1; place >= 0; place--) {
            before += overtaken[place];
            ranks[wanted.length - 1 - place] = before + wanted.length - 1 - place;
        }
        return ranks;
    }

    /** How many other items stand directly above each of the held-out ones, which are given by ascending score. */
    private static int[] overtaken(float[] scores, SparseRows train, int user, int[] heldOut, float[] wanted) {
        int[] overtaken = new int[wanted.length];
        int trained = train.start(user);
        for (int item = 0; item < scores.length; item++) {
            if (trained < train.end(user) && train.column(trained) == item) {
                trained++;
            } else if (!(scores[item] < wanted[0]) && Arrays.binarySearch(heldOut, item) < 0) {
                overtaken[highestNotAbove(wanted, scores[item])]++;
            }
        }
        return overtaken;
    }

    /** The last place whose score is not above this one; any place is below one that is not a number. */
    private static int highestNotAbove(float[] ascending, float score) {
        int place = ascending.length - 1;
        while (place > 0 && ascending[place] > score) {
            place--;
        }
        return place;
    }
}
