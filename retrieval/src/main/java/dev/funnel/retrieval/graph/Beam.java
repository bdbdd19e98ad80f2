package dev.funnel.retrieval.graph;

import dev.funnel.retrieval.ScoreHeap;

/**
 * Best-first search over links: goes on from the closest node met and not yet gone on from, until that is farther than the
 * farthest of the {@code breadth} closest (Malkov and Yashunin 2016, algorithm 2). Memory for one search at a time, used again
 * by the next; allocates nothing while it searches.
 */
final class Beam {

    /** Nodes gone on from between two questions whether to stop: some tens of microseconds. */
    private static final int BETWEEN_QUESTIONS = 32;

    private final Visited visited;
    private final ScoreHeap frontier = ScoreHeap.bestFirst(256);
    private final ScoreHeap found = ScoreHeap.worstFirst(256);
    private final int[] nodes;
    private final float[] closeness;
    private int met;
    private int filtered;

    /**
     * A search over so many nodes.
     *
     * @param mostMet the most nodes that an expansion leads to, or that are begun from
     */
    Beam(int nodes, int mostMet) {
        this.visited = new Visited(nodes);
        this.nodes = new int[mostMet];
        this.closeness = new float[mostMet];
    }

    /** Says which nodes may be found; others are only passed through. */
    @FunctionalInterface
    interface Passing {
        Passing ALL = node -> true;

        boolean test(int node);
    }

    /** Says whether a search that has met so many nodes is to stop. */
    @FunctionalInterface
    interface Stop {
        Stop NEVER = met -> false;

        boolean after(int met);
    }

    /** Searches from some nodes; says whether it ended of itself. */
    boolean search(Expansion links, Closeness from, int[] entries, int breadth, Passing passing, Stop stop) {
        visited.clear();
        frontier.clear();
        found.clear();
        met = 0;
        filtered = 0;
        for (int at = 0; at < entries.length; at += nodes.length) {
            int count = Math.min(nodes.length, entries.length - at);
            System.arraycopy(entries, at, nodes, 0, count);
            meet(from, visited.keepNew(nodes, count), breadth, passing);
        }
        for (int gone = 0; frontier.size() > 0; gone++) {
            if (gone % BETWEEN_QUESTIONS == 0 && stop.after(met)) {
                return false;
            }
            long closest = frontier.removeRoot();
            if (found.size() >= breadth && closest < found.root()) {
                return true;
            }
            meet(from, links.of(ScoreHeap.item(closest), visited, nodes), breadth, passing);
        }
        return true;
    }

    /** What the last search found; the caller may empty it. */
    ScoreHeap found() {
        return found;
    }

    /** How many close nodes the last search was not allowed to find. */
    int filtered() {
        return filtered;
    }

    private void meet(Closeness from, int fresh, int breadth, Passing passing) {
        from.to(nodes, fresh, closeness);
        met += fresh;
        for (int i = 0; i < fresh; i++) {
            long pair = ScoreHeap.pair(nodes[i], closeness[i]);
            if (found.size() < breadth || pair > found.root()) {
                frontier.add(pair);
                keep(pair, breadth, passing);
            }
        }
    }

    private void keep(long pair, int breadth, Passing passing) {
        if (!passing.test(ScoreHeap.item(pair))) {
            filtered++;
        } else if (found.size() < breadth) {
            found.add(pair);
        } else {
            found.replaceRoot(pair);
        }
    }
}
