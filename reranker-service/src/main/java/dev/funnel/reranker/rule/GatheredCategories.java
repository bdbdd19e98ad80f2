package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.KeyColumn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Category sets of items in slots, with the categories numbered from 0 as they are met. */
final class GatheredCategories {
    private static final int USUAL_PER_ITEM = 4;

    private final KeyColumn column;
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private int[] starts;
    private int[] members;
    private int[] marks = new int[USUAL_PER_ITEM];

    GatheredCategories(KeyColumn column, int capacity) {
        this.column = column;
        this.starts = new int[capacity + 1];
        this.members = new int[USUAL_PER_ITEM * capacity];
    }

    /** Puts an item's categories into a slot, the next one free; each counts once. */
    void gather(int item, int slot) {
        if (slot + 1 == starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        int end = starts[slot];
        for (int i = 0, n = column.count(item); i < n; i++) {
            int number = number(column.code(item, i));
            if (marks[number] == 0) {
                marks[number] = 1;
                end = append(number, end);
            }
        }
        starts[slot + 1] = end;
        mark(slot, 0);
    }

    /** True if the item in a slot has a category. */
    boolean has(int slot) {
        return starts[slot + 1] > starts[slot];
    }

    /**
     * Writes the Jaccard indexes of the set in a slot with those in slots 0 to {@code count - 1}; 0 where either is empty.
     */
    void jaccards(int slot, int count, float[] into) {
        mark(slot, 1);
        int size = starts[slot + 1] - starts[slot];
        for (int other = 0; other < count; other++) {
            int common = common(starts[other], starts[other + 1]);
            int union = size + starts[other + 1] - starts[other] - common;
            into[other] = common == 0 ? 0 : (float) common / union;
        }
        mark(slot, 0);
    }

    private int common(int from, int to) {
        int common = 0;
        for (int i = from; i < to; i++) {
            common += marks[members[i]];
        }
        return common;
    }

    private void mark(int slot, int value) {
        for (int i = starts[slot]; i < starts[slot + 1]; i++) {
            marks[members[i]] = value;
        }
    }

    private int append(int number, int end) {
        if (end == members.length) {
            members = Arrays.copyOf(members, 2 * end);
        }
        members[end] = number;
        return end + 1;
    }

    private int number(int code) {
        Integer known = numbers.putIfAbsent(code, numbers.size());
        if (known != null) {
            return known;
        }
        if (numbers.size() > marks.length) {
            marks = Arrays.copyOf(marks, 2 * marks.length);
        }
        return numbers.size() - 1;
    }
}
