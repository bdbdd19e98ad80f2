package dev.funnel.retrieval.graph;

/** Links while they are made: a list of fixed room per node in one array. Written by one thread per node at a time. */
final class LinkLists implements Links {

    private final int room;
    private final int[][] pages;
    private final int[] counts;

    private static final int PAGE_BITS = 16;
    private static final int PAGE = 1 << PAGE_BITS;

    LinkLists(int nodes, int room) {
        this.room = room;
        this.counts = new int[nodes];
        this.pages = new int[Math.ceilDiv(nodes, PAGE)][];
        for (int page = 0; page < pages.length; page++) {
            pages[page] = new int[Math.min(PAGE, nodes - page * PAGE) * room];
        }
    }

    @Override
    public int of(int node, int[] into) {
        int count = counts[node];
        System.arraycopy(pages[node >>> PAGE_BITS], (node & (PAGE - 1)) * room, into, 0, count);
        return count;
    }

    @Override
    public int most() {
        return room;
    }

    /** Replaces a node's links by the first {@code count} given. */
    void set(int node, int[] links, int count) {
        System.arraycopy(links, 0, pages[node >>> PAGE_BITS], (node & (PAGE - 1)) * room, count);
        counts[node] = count;
    }
}
