package dev.funnel.inference.engine;

import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.inference.feature.FeatureBlocks;
import java.util.Arrays;
import java.util.List;

/** How long an engine takes for a batch: the median of a few runs on zeros, after some to warm up, all within a tenth of a second or so. */
final class BatchTime {
    private static final int LEAST_RUNS = 5;
    private static final int MOST_RUNS = 100;
    private static final long WARM_UP_NANOS = 40_000_000;
    private static final long MEASURING_NANOS = 60_000_000;

    private BatchTime() {}

    static double micros(Engine engine, FeatureSchema schema, int rows) {
        FeatureBlocks blocks = engine.blocks(rows);
        blocks.clear(0, rows);
        List<Head> heads = schema.heads();
        float[][] into = new float[heads.size()][];
        Arrays.setAll(into, head -> new float[rows * heads.get(head).width()]);
        times(engine, blocks, rows, into, WARM_UP_NANOS);
        long[] nanos = times(engine, blocks, rows, into, MEASURING_NANOS);
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e3;
    }

    private static long[] times(Engine engine, FeatureBlocks blocks, int rows, float[][] into, long length) {
        long[] nanos = new long[MOST_RUNS];
        int count = 0;
        long start = System.nanoTime();
        long before = start;
        while (count < MOST_RUNS && (count < LEAST_RUNS || before - start < length)) {
            try {
                engine.run(blocks, rows, into, 0);
            } catch (NonFiniteOutputException e) {
                // zeros are no candidate: what they score does not matter here
            }
            long after = System.nanoTime();
            nanos[count++] = after - before;
            before = after;
        }
        return Arrays.copyOf(nanos, count);
    }
}
