package dev.funnel.retrieval.graph;

import dev.funnel.retrieval.ScoreHeap;
import dev.funnel.retrieval.VectorArithmetic;
import java.util.Arrays;

/**
 * Builds the graph of one {@link Metric} by insertion, as the lowest level of HNSW is built (Malkov and Yashunin 2016, algorithm
 * 1), in rounds, as ParlayANN does (Manohar et al. 2024, <i>ParlayANN: Scalable and Deterministic Parallel Graph-Based
 * Approximate Nearest Neighbor Search Algorithms</i>, section 3): the nodes of a round all search the graph as the round found it,
 * then the links back to them are added target by target. So threads share nothing that they write, and the graph does not depend on
 * their number or timing.
 *
 * <p>Without higher levels: entered at the longest item, which almost everything links to, the search needs none (Munyampirwa et
 * al. 2024, <i>Down with the Hierarchy</i>).
 */
final class GraphBuilder {

    /** A round inserts at most one node for so many there are, so that its nodes hardly miss each other. */
    private static final int SHARE_OF_ROUND = 16;

    private static final int MOST_IN_ROUND = 4096;

    private final CodedItems items;
    private final Metric metric;
    private final GraphSettings settings;
    private final int[] order;
    private final LinkLists links;
    private final int[][] chosen = new int[MOST_IN_ROUND][];
    private final int[] entries;

    /** @param order all nodes, as they are to be inserted */
    GraphBuilder(CodedItems items, Metric metric, GraphSettings settings, int[] order) {
        this.items = items;
        this.metric = metric;
        this.settings = settings;
        this.order = order;
        this.links = new LinkLists(order.length, 2 * settings.degree());
        this.entries = order.length == 0 ? new int[0] : new int[] {order[0]};
    }

    LinkLists build(BuildProgress progress) {
        try (Workers<Tools> workers = new Workers<>(settings.threads(), Tools::new)) {
            for (int inserted = 1; inserted < order.length; ) {
                int count = Math.min(Math.clamp(inserted / SHARE_OF_ROUND, 1, MOST_IN_ROUND), order.length - inserted);
                insert(inserted, count, workers);
                inserted += count;
                progress.inserted(metric.name(), inserted, order.length);
            }
        }
        return links;
    }

    private void insert(int from, int count, Workers<Tools> workers) {
        workers.run(count, (tools, i) -> chosen[i] = tools.linksOf(order[from + i]));
        long[] back = linksBack(from, count);
        int[] starts = starts(back);
        workers.run(starts.length - 1, (tools, run) -> tools.addBack(back, starts[run], starts[run + 1]));
        for (int i = 0; i < count; i++) {
            links.set(order[from + i], chosen[i], chosen[i].length);
        }
    }

    /** Target and source of every link of a round, by target. */
    private long[] linksBack(int from, int count) {
        int total = 0;
        for (int i = 0; i < count; i++) {
            total += chosen[i].length;
        }
        long[] back = new long[total];
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int target : chosen[i]) {
                back[at++] = (long) target << Integer.SIZE | order[from + i];
            }
        }
        Arrays.sort(back);
        return back;
    }

    /** Where each target's links start, and the end. */
    private static int[] starts(long[] back) {
        int[] starts = new int[back.length + 1];
        int runs = 0;
        for (int i = 0; i < back.length; i++) {
            if (i == 0 || back[i] >> Integer.SIZE != back[i - 1] >> Integer.SIZE) {
                starts[runs++] = i;
            }
        }
        starts[runs] = back.length;
        return Arrays.copyOf(starts, runs + 1);
    }

    /** What one thread works with. */
    private final class Tools {
        private final Closeness closeness = new Closeness(items, metric, VectorArithmetic.fastest());
        private final Neighbourhood neighbourhood =
                new Neighbourhood(new Closeness(items, metric, VectorArithmetic.fastest()));
        private final Beam beam = new Beam(order.length, 2 * settings.degree());
        private final int[] into = new int[2 * settings.degree()];
        private int[] nodes = new int[settings.breadth()];
        private float[] near = new float[settings.breadth()];

        /** The links a new node chooses in the graph as it is. */
        int[] linksOf(int node) {
            closeness.from(node);
            beam.search(Expansion.of(links), closeness, entries, settings.breadth(), Beam.Passing.ALL, Beam.Stop.NEVER);
            int count = drain(beam.found());
            int most = neighbourhood.choose(nodes, near, count, settings.degree(), metric, node, into);
            return Arrays.copyOf(into, most);
        }

        /** Adds links to the sources of a run of links to one target. */
        void addBack(long[] back, int from, int to) {
            int target = (int) (back[from] >> Integer.SIZE);
            int count = links.of(target, into);
            int total = count + to - from;
            int[] all = Arrays.copyOf(into, total);
            for (int i = from; i < to; i++) {
                all[count + i - from] = (int) back[i];
            }
            if (total > links.most()) {
                total = neighbourhood.choose(sorted(target, all), near, total, links.most(), metric, target, into);
                all = into;
            }
            links.set(target, all, total);
        }

        /** The nodes, the closest to the target first. */
        private int[] sorted(int target, int[] all) {
            if (near.length < all.length) {
                near = new float[all.length];
                nodes = new int[all.length];
            }
            closeness.from(target);
            closeness.to(all, all.length, near);
            ScoreHeap heap = beam.found();
            heap.clear();
            for (int i = 0; i < all.length; i++) {
                heap.add(ScoreHeap.pair(all[i], near[i]));
            }
            drain(heap);
            return nodes;
        }

        /** Empties a heap into nodes, the closest first; returns how many. */
        private int drain(ScoreHeap heap) {
            int count = heap.size();
            for (int place = count - 1; place >= 0; place--) {
                long pair = heap.removeRoot();
                nodes[place] = ScoreHeap.item(pair);
                near[place] = ScoreHeap.score(pair);
            }
            return count;
        }
    }
}
