package dev.funnel.inference.engine;

import dev.funnel.inference.feature.FeatureBlocks;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Feature blocks that are used again from request to request: as many as were ever used at once. Thread-safe. */
public final class BlockPool {
    private final Supplier<FeatureBlocks> making;
    private final ConcurrentLinkedQueue<FeatureBlocks> idle = new ConcurrentLinkedQueue<>();

    /** @param making new blocks, where none wait */
    public BlockPool(Supplier<FeatureBlocks> making) {
        this.making = making;
    }

    /** Lends blocks, with anything in them, to one caller; others have them afterwards, also if the work throws. */
    public void lend(Consumer<FeatureBlocks> work) {
        FeatureBlocks waiting = idle.poll();
        FeatureBlocks blocks = waiting == null ? making.get() : waiting;
        try {
            work.accept(blocks);
        } finally {
            idle.add(blocks);
        }
    }
}
