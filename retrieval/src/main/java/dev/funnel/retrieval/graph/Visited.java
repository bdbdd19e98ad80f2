package dev.funnel.retrieval.graph;

import java.util.Arrays;

/** Which nodes a search has met: one mark per node, and a mark of its own for each search, so that nothing is cleared between them. */
final class Visited {

    private final int[] marks;
    private int mark;

    Visited(int nodes) {
        this.marks = new int[nodes];
    }

    /** Forgets all nodes. */
    void clear() {
        if (++mark == 0) {
            Arrays.fill(marks, 0);
            mark = 1;
        }
    }

    /** Whether a node was met. */
    boolean has(int node) {
        return marks[node] == mark;
    }

    /** Marks a node. */
    void add(int node) {
        marks[node] = mark;
    }

    /** Moves the nodes not met before to the front, marks them, and returns how many there are. */
    int keepNew(int[] nodes, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int node = nodes[i];
            nodes[kept] = node;
            kept += marks[node] == mark ? 0 : 1;
            marks[node] = mark;
        }
        return kept;
    }
}
