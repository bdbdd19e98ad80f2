package dev.funnel.inference.engine;

import dev.funnel.inference.feature.FeatureBlocks;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Feature blocks that are used again from request to request: as many as were ever used at once. Thread-safe. */
public final class BlockPool {
    private final Supplier<FeatureBlocks> making;
    private final ConcurrentLinkedQueue<FeatureBlocks> idle = new ConcurrentLinkedQueue<>();

    /** @param making new blocks, where none wait */
    public BlockPool(Supplier<FeatureBlocks> making) {
        this.making = making;
    }

    /** Blocks for one caller, with anything in them. */
    public FeatureBlocks borrow() {
        FeatureBlocks blocks = idle.poll();
        return blocks == null ? making.get() : blocks;
    }

    /** Lets others use them. */
    public void giveBack(FeatureBlocks blocks) {
        idle.add(blocks);
    }
}
