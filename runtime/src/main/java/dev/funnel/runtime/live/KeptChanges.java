package dev.funnel.runtime.live;

import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The changes that a resident bundle version was not trained on, in the order of their positions. They are bounded by weight: a change
 * weighs 1, or 2 if it names who watched the item. There is room until the bound is reached. For one thread at a time.
 */
final class KeptChanges implements Iterable<ItemChange> {
    private final int mostWeight;
    private final Deque<ItemChange> changes = new ArrayDeque<>();
    private long weight;

    KeptChanges(int mostWeight) {
        this.mostWeight = mostWeight;
    }

    boolean hasRoom() {
        return weight < mostWeight;
    }

    void add(ItemChange change) {
        changes.addLast(change);
        weight += weight(change);
    }

    /** Lets go of everything up to a position. */
    void dropUpTo(long position) {
        while (!changes.isEmpty() && changes.getFirst().position() <= position) {
            weight -= weight(changes.removeFirst());
        }
    }

    /** Lets go of everything from a position on. */
    void dropFrom(long position) {
        while (!changes.isEmpty() && changes.getLast().position() >= position) {
            weight -= weight(changes.removeLast());
        }
    }

    @Override
    public Iterator<ItemChange> iterator() {
        return changes.iterator();
    }

    private static int weight(ItemChange change) {
        return change.change() instanceof Upsert upsert && !upsert.watchedBy().isEmpty() ? 2 : 1;
    }
}
