package dev.funnel.benchmarks.retrieval;

import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.VectorIndex;
import dev.funnel.retrieval.hnswlib.HnswlibIndex;
import dev.funnel.retrieval.hnswlib.HnswlibSettings;
import dev.funnel.trainer.Progress;

/** One of Funnel's own indexes, as candidate-service searches it. */
enum IndexContender implements Contender {
    EXACT("exact") {
        @Override
        public Built build(VectorSet set, int threads, Progress progress) {
            return new Exact(new ExactScanIndex(set.items(), set.similarity()));
        }
    },
    HNSWLIB("hnswlib") {
        @Override
        public Built build(VectorSet set, int threads, Progress progress) {
            HnswlibSettings most = new HnswlibSettings(16, 200, 10_000);
            return new Graph(HnswlibIndex.build(set.items(), set.similarity(), most), most.searchBreadth());
        }
    };

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

    private record Exact(VectorIndex index) implements Built {

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
            return 0;
        }

        @Override
        public void close() {
            index.close();
        }
    }

    /**
     * A graph whose search keeps {@code fullBreadth} candidates at effort 1.
     */
    private record Graph(VectorIndex index, int fullBreadth) implements Built {

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
        public long bytes() {
            return 0;
        }

        @Override
        public void close() {
            index.close();
        }
    }
}
