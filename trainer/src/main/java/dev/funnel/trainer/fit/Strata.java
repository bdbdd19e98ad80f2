package dev.funnel.trainer.fit;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The order in which gradient descent visits the entries of a matrix, so that several threads can do so without meeting: rows
 * and columns are drawn into as many blocks each, and a <i>stratum</i> is a set of cells (row block x column block) that share
 * no row and no column. The cells of a stratum may be worked on at once, and the result does not depend on how many threads do
 * so (Gemulla et al. 2011, <i>Large-Scale Matrix Factorization with Distributed Stochastic Gradient Descent</i>, section 4).
 *
 * <p>Negatives of an entry have to come from its own cell's columns, so the blocks are drawn anew for every epoch: over the epochs
 * any column is as likely as any other.
 */
final class Strata {

    /** Most threads that can be at work; the more blocks, the more often they wait for each other. */
    private static final int MOST_BLOCKS = 16;

    /** Fewest rows or columns of a block on average. */
    private static final int SMALLEST_BLOCK = 64;

    private final SparseRows entries;
    private final int[] rowOf;
    private final int blocks;
    private final int[] rowBlock;
    private final int[] columnBlock;
    private final int[] columns;
    private final int[] columnStarts;
    private final int[] cellStarts;
    private final int[] order;

    Strata(SparseRows entries) {
        this.entries = entries;
        this.blocks = Math.clamp(Math.min(entries.rows(), entries.columns()) / SMALLEST_BLOCK, 1, MOST_BLOCKS);
        this.rowOf = new int[entries.entries()];
        this.rowBlock = new int[entries.rows()];
        this.columnBlock = new int[entries.columns()];
        this.columns = new int[entries.columns()];
        this.columnStarts = new int[blocks + 1];
        this.cellStarts = new int[blocks * blocks + 1];
        this.order = new int[entries.entries()];
        for (int row = 0; row < entries.rows(); row++) {
            Arrays.fill(rowOf, entries.start(row), entries.end(row), row);
        }
    }

    /** How many strata there are, and how many cells in each. */
    int count() {
        return blocks;
    }

    /** Draws the blocks and the order within each cell anew. */
    void draw(SplittableRandom random) {
        drawBlocks(rowBlock, new int[rowBlock.length], new int[blocks + 1], random);
        drawBlocks(columnBlock, columns, columnStarts, random);
        sortIntoCells();
        for (int cell = 0; cell < blocks * blocks; cell++) {
            shuffle(order, cellStarts[cell], cellStarts[cell + 1], random);
        }
    }

    /** The cells of a stratum, for a place from 0 on: no two of them share a row or a column. */
    Cell cell(int stratum, int place) {
        int column = (place + stratum) % blocks;
        int cell = place * blocks + column;
        return new Cell(cellStarts[cell], cellStarts[cell + 1], columnStarts[column], columnStarts[column + 1]);
    }

    /** Entries to visit, and columns to draw negatives from. */
    final class Cell {
        private final int from;
        private final int to;
        private final int firstColumn;
        private final int columnCount;

        private Cell(int from, int to, int firstColumn, int endColumn) {
            this.from = from;
            this.to = to;
            this.firstColumn = firstColumn;
            this.columnCount = endColumn - firstColumn;
        }

        /** How many entries there are. */
        int size() {
            return to - from;
        }

        /** The row of the n-th entry. */
        int row(int n) {
            return rowOf[order[from + n]];
        }

        /** The column of the n-th entry. */
        int column(int n) {
            return entries.column(order[from + n]);
        }

        /** The weight of the n-th entry. */
        float weight(int n) {
            return entries.value(order[from + n]);
        }

        /** One of the cell's columns, all equally likely. */
        int drawColumn(SplittableRandom random) {
            return columns[firstColumn + random.nextInt(columnCount)];
        }
    }

    /** Equal parts of a random order. */
    private void drawBlocks(int[] blockOf, int[] inOrder, int[] starts, SplittableRandom random) {
        for (int i = 0; i < inOrder.length; i++) {
            inOrder[i] = i;
        }
        shuffle(inOrder, 0, inOrder.length, random);
        for (int block = 0; block < blocks; block++) {
            starts[block + 1] = (int) ((block + 1L) * inOrder.length / blocks);
            for (int i = starts[block]; i < starts[block + 1]; i++) {
                blockOf[inOrder[i]] = block;
            }
        }
    }

    private void sortIntoCells() {
        Arrays.fill(cellStarts, 0);
        for (int entry = 0; entry < order.length; entry++) {
            cellStarts[cellOf(entry) + 1]++;
        }
        Arrays.parallelPrefix(cellStarts, Integer::sum);
        int[] next = Arrays.copyOf(cellStarts, blocks * blocks);
        for (int entry = 0; entry < order.length; entry++) {
            order[next[cellOf(entry)]++] = entry;
        }
    }

    private int cellOf(int entry) {
        return rowBlock[rowOf[entry]] * blocks + columnBlock[entries.column(entry)];
    }

    private static void shuffle(int[] values, int from, int to, SplittableRandom random) {
        for (int i = to - 1; i > from; i--) {
            int j = random.nextInt(from, i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
