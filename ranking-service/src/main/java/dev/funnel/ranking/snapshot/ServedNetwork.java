package dev.funnel.ranking.snapshot;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.engine.BlockPool;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.engine.OnnxRuntimeEngine;
import dev.funnel.inference.feature.FeatureBlocks;

/**
 * A ranker's network as the bundle stores it, for callers that make its features themselves. It is a session of its own: the
 * ranker may run the network cut, or elsewhere. Thread-safe.
 */
public final class ServedNetwork implements AutoCloseable {
    private final FeatureSchema schema;
    private final Engine engine;
    private final boolean[] oneRow;
    private final BlockPool blocks;

    private ServedNetwork(FeatureSchema schema, Engine engine) {
        this.schema = schema;
        this.engine = engine;
        this.blocks = new BlockPool(() -> engine.blocks(Ranker.SLICE));
        FeatureBlocks one = engine.blocks(1);
        this.oneRow = new boolean[one.size()];
        for (int i = 0; i < oneRow.length; i++) {
            oneRow[i] = one.oneRow(i);
        }
    }

    static ServedNetwork load(Bundle bundle, RankerEntry entry, FeatureSchema schema) throws BundleRefusedException {
        try {
            return new ServedNetwork(schema, OnnxRuntimeEngine.load(bundle.bytes(entry.network()), schema));
        } catch (EngineRefusedException e) {
            throw new BundleRefusedException(entry.network(), String.valueOf(e.getMessage()), e);
        }
    }

    /** What it takes and gives. */
    public FeatureSchema schema() {
        return schema;
    }

    /** Per block of the schema: whether it takes one row, however many candidates there are. */
    public boolean[] oneRow() {
        return oneRow.clone();
    }

    /** Features that a caller made. */
    @FunctionalInterface
    public interface Rows {
        /** Copies rows {@code from} to {@code to} to the first rows of the blocks. */
        void copyTo(FeatureBlocks blocks, int from, int to);
    }

    /**
     * Runs rows {@code from} to {@code to}; several threads may, with rows that do not overlap.
     *
     * @param heads per head the values of all rows
     */
    public void run(Rows rows, int from, int to, float[][] heads) {
        blocks.lend(into -> {
            for (int at = from; at < to; at += Ranker.SLICE) {
                int end = Math.min(to, at + Ranker.SLICE);
                rows.copyTo(into, at, end);
                engine.run(into, end - at, heads, at);
            }
        });
    }

    @Override
    public void close() {
        engine.close();
    }
}
