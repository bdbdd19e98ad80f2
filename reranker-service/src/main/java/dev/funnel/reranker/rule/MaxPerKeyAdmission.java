package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.KeyColumn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** {@link MaxPerKey} in one request: how often each key stands among the last {@code within - 1} places. */
final class MaxPerKeyAdmission implements SlateRule.Admission {
    private final MaxPerKey rule;
    private final Shortlist shortlist;
    private final KeyColumn column;
    private final int[] starts;
    private final int[] counts;
    private int[] keys;
    private final int[] lastPlaces;
    private int placedCount;

    MaxPerKeyAdmission(MaxPerKey rule, Shortlist shortlist) {
        this.rule = rule;
        this.shortlist = shortlist;
        this.column = KeyColumn.of(shortlist.input().snapshot().items(), rule.column());
        this.starts = new int[shortlist.size() + 1];
        this.keys = new int[shortlist.size()];
        this.counts = new int[gatherKeys()];
        this.lastPlaces = new int[rule.within() - 1];
    }

    @Override
    public boolean admits(int rank) {
        for (int i = starts[rank]; i < starts[rank + 1]; i++) {
            if (counts[keys[i]] >= rule.max()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void placed(int rank) {
        int slot = placedCount % lastPlaces.length;
        if (placedCount >= lastPlaces.length) {
            count(lastPlaces[slot], -1);
        }
        lastPlaces[slot] = rank;
        placedCount++;
        count(rank, 1);
    }

    @Override
    public String reason(int rank) {
        return "at most %d with %s %s within %d places"
                .formatted(rule.max(), rule.column(), values(shortlist.item(rank)), rule.within());
    }

    private void count(int rank, int by) {
        for (int i = starts[rank]; i < starts[rank + 1]; i++) {
            counts[keys[i]] += by;
        }
    }

    private String values(int item) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < column.count(item); i++) {
            values.append(i == 0 ? "'" : " or '")
                    .append(column.value(column.code(item, i)))
                    .append('\'');
        }
        return values.toString();
    }

    /** Numbers the keys of the shortlist from 0 and fills {@link #starts} and {@link #keys}; returns how many there are. */
    private int gatherKeys() {
        Map<Integer, Integer> numbers = new HashMap<>();
        int filled = 0;
        for (int rank = 0; rank < shortlist.size(); rank++) {
            int item = shortlist.item(rank);
            for (int i = 0, n = column.count(item); i < n; i++) {
                if (filled == keys.length) {
                    keys = Arrays.copyOf(keys, 2 * filled);
                }
                keys[filled++] = number(numbers, column.code(item, i));
            }
            starts[rank + 1] = filled;
        }
        return numbers.size();
    }

    private static int number(Map<Integer, Integer> numbers, int code) {
        Integer known = numbers.putIfAbsent(code, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }
}
