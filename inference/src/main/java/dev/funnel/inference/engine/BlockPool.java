package dev.funnel.inference.engine;

import dev.funnel.inference.feature.FeatureBlocks;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Feature blocks that are used again from request to request; at most {@value #MOST_IDLE} wait. Thread-safe. */
public final class BlockPool {
    private static final int MOST_IDLE = 16;

    private final Supplier<FeatureBlocks> making;
    private final ConcurrentLinkedQueue<FeatureBlocks> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger idleCount = new AtomicInteger();

    /** @param making new blocks, where none wait */
    public BlockPool(Supplier<FeatureBlocks> making) {
        this.making = making;
    }

    /** Blocks for one caller, with anything in them. */
    public FeatureBlocks borrow() {
        FeatureBlocks blocks = idle.poll();
        if (blocks == null) {
            return making.get();
        }
        idleCount.decrementAndGet();
        return blocks;
    }

    /** Lets others use them. */
    public void giveBack(FeatureBlocks blocks) {
        if (idleCount.incrementAndGet() <= MOST_IDLE) {
            idle.add(blocks);
        } else {
            idleCount.decrementAndGet();
        }
    }
}
