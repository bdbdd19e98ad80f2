package dev.funnel.runtime.user;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.InteractionKind;
import dev.funnel.runtime.wire.Interactions;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Cuts and reads of histories. */
final class Histories {
    private Histories() {}

    static InteractionKind kind(History history, int row) {
        return InteractionKind.ofNumber(history.kinds()[row]);
    }

    /** The part of a history whose rows hold a predicate, in the same order. */
    static History where(History history, IntPredicate keep) {
        int[] rows = IntStream.range(0, history.size()).filter(keep).toArray();
        History kept = new History(
                new int[rows.length],
                new long[rows.length],
                new byte[rows.length],
                new long[rows.length],
                new float[rows.length]);
        for (int i = 0; i < rows.length; i++) {
            copy(history, rows[i], kept, i);
        }
        return kept;
    }

    static void copy(History from, int row, History to, int at) {
        to.items()[at] = from.items()[row];
        to.timesMs()[at] = from.timesMs()[row];
        to.kinds()[at] = from.kinds()[row];
        to.watchedMs()[at] = from.watchedMs()[row];
        to.weights()[at] = from.weights()[row];
    }

    /** The items of a history's rows whose kind holds a predicate, sorted, each once. */
    static int[] items(History history, Predicate<InteractionKind> kinds) {
        return IntStream.range(0, history.size())
                .filter(row -> kinds.test(kind(history, row)))
                .map(row -> history.items()[row])
                .sorted()
                .distinct()
                .toArray();
    }

    /** The first rows of a history as the contract's columns, with weights inside the contract's bounds. */
    static Interactions columns(History history, int rows, ItemTable items) {
        List<String> ids = IntStream.range(0, rows)
                .mapToObj(row -> items.id(history.items()[row]))
                .toList();
        float[] weights = new float[rows];
        for (int row = 0; row < rows; row++) {
            weights[row] = Math.clamp(history.weights()[row], Float.MIN_NORMAL, Bounds.MAX_WEIGHT);
        }
        return new Interactions(
                ids,
                Arrays.copyOf(history.kinds(), rows),
                Arrays.copyOf(history.timesMs(), rows),
                Arrays.copyOf(history.watchedMs(), rows),
                weights);
    }
}
