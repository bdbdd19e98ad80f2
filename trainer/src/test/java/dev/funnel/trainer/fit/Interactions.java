package dev.funnel.trainer.fit;

import java.util.Arrays;
import java.util.Random;

/** Seeded interactions with something to find: users of a group mostly take items of the same group. */
final class Interactions {
    static final int GROUPS = 4;

    private Interactions() {}

    static SparseRows grouped(int users, int items, int each, long seed) {
        Random random = new Random(seed);
        int[] rows = new int[users * each];
        int[] columns = new int[users * each];
        float[] values = new float[users * each];
        for (int e = 0; e < rows.length; e++) {
            rows[e] = e / each;
            int any = random.nextInt(items);
            columns[e] = random.nextInt(10) == 0 ? any : any - any % GROUPS + rows[e] % GROUPS;
            columns[e] = Math.min(columns[e], items - 1);
        }
        Arrays.fill(values, 1);
        return SparseRows.of(users, items, rows, columns, values);
    }
}
