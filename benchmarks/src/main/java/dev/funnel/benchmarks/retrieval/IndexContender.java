package dev.funnel.benchmarks.retrieval;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.IndexChoice;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.VectorIndex;
import dev.funnel.retrieval.graph.BuildProgress;
import dev.funnel.retrieval.graph.GraphSettings;
import dev.funnel.retrieval.graph.UnionGraph;
import dev.funnel.retrieval.graph.UnionGraphIndex;
import dev.funnel.retrieval.hnswlib.HnswlibIndex;
import dev.funnel.retrieval.hnswlib.HnswlibSettings;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One of Funnel's own indexes, as candidate-service searches it. */
enum IndexContender implements Contender {
    EXACT("exact") {
        @Override
        public Built build(VectorSet set, int threads, Progress progress) {
            return new Exact(new ExactScanIndex(set.items(), set.similarity()));
        }
    },
    UNION_GRAPH("union-graph") {
        @Override
        public Built build(VectorSet set, int threads, Progress progress) {
            GraphSettings settings = GraphSettings.usual(SEED, threads);
            UnionGraph graph = UnionGraph.build(set.items(), set.similarity(), settings, BuildProgress.SILENT);
            return new StoredGraph(
                    graph,
                    new Graph(new UnionGraphIndex(graph, set.items(), FULL_BREADTH), FULL_BREADTH, graph.bytes()));
        }
    },
    HNSWLIB("hnswlib") {
        @Override
        public @Nullable String refusal(int items) {
            return IndexChoice.refusal(items).orElse(null);
        }

        @Override
        public Built build(VectorSet set, int threads, Progress progress) {
            HnswlibSettings most = new HnswlibSettings(16, 200, 10_000);
            HnswlibIndex index = HnswlibIndex.build(set.items(), set.similarity(), most);
            return new Graph(index, most.searchBreadth(), index.bytes());
        }
    };

    private static final long SEED = 1;
    private static final int FULL_BREADTH = 10_000;

    private final String label;

    IndexContender(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public boolean peer() {
        return false;
    }

    private record Exact(ExactScanIndex index) implements Built {

        @Override
        public int[] efforts(int k) {
            return Efforts.NONE;
        }

        @Override
        public int[] search(float[] query, int k, int effort, ItemTest filter) {
            return index.search(query, k, filter, SearchLimit.none()).items();
        }

        @Override
        public long bytes() {
            return index.bytes();
        }

        @Override
        public void close() {
            index.close();
        }
    }

    /**
     * A graph whose search keeps {@code fullBreadth} candidates at effort 1.
     */
    private record Graph(VectorIndex index, int fullBreadth, long bytes) implements Built {

        @Override
        public int[] efforts(int k) {
            return Efforts.beams(k, Math.min(fullBreadth, index.size()));
        }

        @Override
        public int[] search(float[] query, int k, int effort, ItemTest filter) {
            SearchLimit full = SearchLimit.none();
            return index.search(query, k, filter, new SearchLimit(full.deadlineNanos(), (float) effort / fullBreadth))
                    .items();
        }

        @Override
        public void close() {
            index.close();
        }
    }

    /** A graph that bundles hold. */
    private record StoredGraph(UnionGraph graph, Graph built) implements Built {

        @Override
        public int[] efforts(int k) {
            return built.efforts(k);
        }

        @Override
        public int[] search(float[] query, int k, int effort, ItemTest filter) {
            return built.search(query, k, effort, filter);
        }

        @Override
        public long bytes() {
            return built.bytes();
        }

        @Override
        public Double openSeconds(VectorSet set, int k) throws IOException, BundleRefusedException {
            return new StoredFiles(graph, set).openSeconds(k);
        }

        @Override
        public void close() {
            built.close();
        }
    }
}
