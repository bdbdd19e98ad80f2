package dev.funnel.trainer.evaluate.session;

import dev.funnel.trainer.fit.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sessions to fit on, and beginnings of others with the item that came next.
 *
 * @param items how many items there are; they are numbered from 0
 * @param train the items of each session in the order they were visited, oldest session first; one may occur again
 * @param asked the beginning of each session that is asked about, at least one item, in order
 * @param next the item that followed each beginning
 */
record SessionData(int items, int[][] train, int[][] asked, int[] next) {

    /** Sessions x items, weight 1 for an item that occurs, however often. */
    SparseRows matrix() {
        int[][] distinct = Arrays.stream(train)
                .map(session -> Arrays.stream(session).distinct().toArray())
                .toArray(int[][]::new);
        int entries =
                Arrays.stream(distinct).mapToInt(session -> session.length).sum();
        int[] rows = new int[entries];
        int[] columns = new int[entries];
        float[] ones = new float[entries];
        Arrays.fill(ones, 1);
        int entry = 0;
        for (int row = 0; row < distinct.length; row++) {
            for (int item : distinct[row]) {
                rows[entry] = row;
                columns[entry++] = item;
            }
        }
        return SparseRows.of(train.length, items, rows, columns, ones);
    }

    /**
     * The same question within the training sessions, for choosing settings without touching the others: the newest tenth is asked
     * about, from every beginning. Items that the rest does not know are taken out of it, as the published split does.
     */
    SessionData validation() {
        int cut = train.length - train.length / 10;
        int[][] rest = Arrays.copyOf(train, cut);
        boolean[] known = new boolean[items];
        for (int[] session : rest) {
            for (int item : session) {
                known[item] = true;
            }
        }
        List<int[]> beginnings = new ArrayList<>();
        List<Integer> followed = new ArrayList<>();
        for (int[] whole : Arrays.copyOfRange(train, cut, train.length)) {
            int[] session = Arrays.stream(whole).filter(item -> known[item]).toArray();
            for (int length = 1; length < session.length; length++) {
                beginnings.add(Arrays.copyOf(session, length));
                followed.add(session[length]);
            }
        }
        return new SessionData(
                items,
                rest,
                beginnings.toArray(int[][]::new),
                followed.stream().mapToInt(Integer::intValue).toArray());
    }
}
