package dev.funnel.trainer.learn;

import java.util.SplittableRandom;

/** Puts examples into an order drawn at random (Fisher and Yates 1938; Durstenfeld 1964). */
public final class Shuffling {
    private Shuffling() {}

    /** Shuffles in place; every order is as likely. */
    public static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
