package dev.funnel.inference;

import dev.funnel.bundle.ItemTable;
import dev.funnel.inference.engine.BlockPool;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Request;
import dev.funnel.inference.feature.RequestReadings;
import dev.funnel.inference.projection.SharePlan;

/** Runs the network as it is stored: every block is read for every candidate. */
record WholeForward(FeatureTransform transform, Engine running, BlockPool blocks) implements Forward {
    /** Takes the engine over. */
    WholeForward(FeatureTransform transform, Engine engine) {
        this(transform, engine, new BlockPool(() -> engine.blocks(Ranker.SLICE)));
    }

    @Override
    public Slices open(RankingInput input) {
        Request request = transform.open(input);
        RequestReadings readings = transform.readRequest(request);
        return (from, to, heads) -> blocks.lend(into -> {
            for (int at = from; at < to; at += Ranker.SLICE) {
                int end = Math.min(to, at + Ranker.SLICE);
                transform.write(request, readings, at, end, into, 0);
                running.run(into, end - at, heads, at);
            }
        });
    }

    @Override
    public Forward over(ItemTable items) {
        return new WholeForward(transform.over(items), running, blocks);
    }

    @Override
    public String engine() {
        return running.name();
    }

    @Override
    public SharePlan projection() {
        return SharePlan.NONE;
    }

    @Override
    public void close() {
        running.close();
    }
}
