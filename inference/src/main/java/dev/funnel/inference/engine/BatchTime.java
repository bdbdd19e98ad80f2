package dev.funnel.inference.engine;

import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.inference.feature.FeatureBlocks;
import java.util.Arrays;
import java.util.List;

/**
 * How long an engine takes for a batch: the fastest of a few runs on zeros, after some to warm up, all within a tenth of a second or so. The
 * fastest, because whatever else the machine does only adds to a run.
 */
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
        fastest(engine, blocks, rows, into, WARM_UP_NANOS);
        return fastest(engine, blocks, rows, into, MEASURING_NANOS) / 1e3;
    }

    private static long fastest(Engine engine, FeatureBlocks blocks, int rows, float[][] into, long length) {
        long fastest = Long.MAX_VALUE;
        long start = System.nanoTime();
        long before = start;
        for (int run = 0; run < MOST_RUNS && (run < LEAST_RUNS || before - start < length); run++) {
            try {
                engine.run(blocks, rows, into, 0);
            } catch (NonFiniteOutputException e) {
                // zeros are no candidate: what they score does not matter here
            }
            long after = System.nanoTime();
            fastest = Math.min(fastest, after - before);
            before = after;
        }
        return fastest;
    }
}
