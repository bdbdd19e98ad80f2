package dev.funnel.reranker.rule;

import java.util.List;

/** A set of candidates of one pool, given by their ids; ids that are no candidates are ignored. */
final class Marks {
    private final Pool pool;
    private final boolean[] marked;

    Marks(Pool pool) {
        this.pool = pool;
        this.marked = new boolean[pool.size()];
    }

    static Marks of(Pool pool, List<String> ids) {
        Marks marks = new Marks(pool);
        ids.forEach(marks::add);
        return marks;
    }

    void add(String id) {
        int position = pool.positionOf(id);
        if (position >= 0) {
            marked[position] = true;
        }
    }

    boolean contains(int position) {
        return marked[position];
    }
}
