package dev.funnel.benchmarks.retrieval;

import dev.funnel.bundle.ItemTest;
import dev.funnel.trainer.Progress;

/** The plain scan of {@link FloatScan}, as the limit that an exact index is measured against. */
record ScanContender() implements Contender {

    @Override
    public String label() {
        return "float-scan";
    }

    @Override
    public boolean peer() {
        return false;
    }

    @Override
    public Built build(VectorSet set, int threads, Progress progress) {
        FloatScan scan = new FloatScan(set.items(), set.similarity());
        return new Built() {
            @Override
            public int[] efforts(int k) {
                return Efforts.NONE;
            }

            @Override
            public int[] search(float[] query, int k, int effort, ItemTest filter) {
                return scan.search(query, k, filter);
            }

            @Override
            public long bytes() {
                return 0;
            }
        };
    }
}
