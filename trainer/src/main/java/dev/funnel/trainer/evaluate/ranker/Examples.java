package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.trainer.learn.RowTable;
import java.util.Arrays;

/**
 * Rows to learn from, in columns.
 *
 * @param fields per field the code of its value in each row; -1: not among the values of the training part
 * @param crosses per declared cross of fields the code of the values together; -1 as above
 * @param numbers per number its scaled value in each row
 * @param labels what is to be predicted of each row
 * @param weights how much each row counts
 * @param pages per row a number that rows have in common which are compared with each other
 */
record Examples(int[][] fields, int[][] crosses, float[][] numbers, float[] labels, float[] weights, int[] pages) {

    /** The code of a value that is not known. */
    static final int UNKNOWN = RowTable.UNKNOWN;

    /** Rows of one page that all count once. */
    Examples(int[][] fields, int[][] crosses, float[][] numbers, float[] labels) {
        this(fields, crosses, numbers, labels, ones(labels.length), new int[labels.length]);
    }

    private static float[] ones(int size) {
        float[] ones = new float[size];
        Arrays.fill(ones, 1);
        return ones;
    }

    int size() {
        return labels.length;
    }

    /** Some of the rows. */
    Examples rows(int[] rows) {
        return new Examples(
                Arrays.stream(fields).map(column -> pick(column, rows)).toArray(int[][]::new),
                Arrays.stream(crosses).map(column -> pick(column, rows)).toArray(int[][]::new),
                Arrays.stream(numbers).map(column -> pick(column, rows)).toArray(float[][]::new),
                pick(labels, rows),
                pick(weights, rows),
                pick(pages, rows));
    }

    private static int[] pick(int[] column, int[] rows) {
        return Arrays.stream(rows).map(row -> column[row]).toArray();
    }

    private static float[] pick(float[] column, int[] rows) {
        float[] picked = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = column[rows[i]];
        }
        return picked;
    }
}
