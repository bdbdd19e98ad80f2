package dev.funnel.cli.evaluate;

/** What a system shows each user of a split. */
@FunctionalInterface
interface Slates {

    /** How many items a slate has. */
    int SIZE = 50;

    /** The items shown to a user, best first, by their number in the split; at most {@value #SIZE}. Asked from several threads. */
    int[] of(int user);
}
