package dev.funnel.inference.projection;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.schema.Head;
import dev.funnel.inference.Forward;
import dev.funnel.inference.engine.BlockPool;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineChoice.Part;
import dev.funnel.inference.engine.EngineKind;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Request;
import dev.funnel.inference.feature.RequestReadings;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores with a {@link CutNetwork}: a request's shares are computed once, items' shares are looked up, and per candidate only what is
 * left is read and computed.
 */
public final class ProjectedForward implements Forward {
    private static final int SLICE = ItemShares.SLICE;

    private final CutNetwork network;
    private final Engine main;
    private final ItemShares shares;
    private final @Nullable RequestShares requests;
    private final @Nullable FeatureTransform read;
    private final BlockPool blocks;
    private final SharePlan plan;

    private ProjectedForward(
            CutNetwork network,
            Engine main,
            ItemShares shares,
            @Nullable RequestShares requests,
            @Nullable FeatureTransform read,
            BlockPool blocks,
            SharePlan plan) {
        this.network = network;
        this.main = main;
        this.shares = shares;
        this.requests = requests;
        this.read = read;
        this.blocks = blocks;
        this.plan = plan;
    }

    /** Loads the parts, decides how shares are kept, and computes those that are kept from the start. */
    public static ProjectedForward load(CutNetwork network, EngineKind kind, FeatureStore store, long budgetBytes)
            throws EngineRefusedException {
        ProjectedForward unkept = unkept(network, kind, store);
        try {
            int items = store.items().storedSize();
            int[] widths = ItemShares.widths(network.items().schema());
            SharePlan plan = SharePlan.of(
                    items, network.itemWidth(), budgetBytes, () -> new HalfCheck(unkept, widths, items).passes());
            return unkept.keeping(plan, items, widths);
        } catch (RuntimeException e) {
            unkept.close();
            throw e;
        }
    }

    private static ProjectedForward unkept(CutNetwork network, EngineKind kind, FeatureStore store)
            throws EngineRefusedException {
        List<Engine> loaded = new ArrayList<>();
        try {
            Engine main = added(loaded, kind, network.main());
            ItemShares shares = new ItemShares(
                    added(loaded, kind, network.items()),
                    new FeatureTransform(network.items().schema(), store),
                    store.items(),
                    new NoShares());
            Part ofRequests = network.requests();
            RequestShares requests = ofRequests == null
                    ? null
                    : new RequestShares(
                            added(loaded, kind, ofRequests), new FeatureTransform(ofRequests.schema(), store));
            FeatureTransform read = network.read().isEmpty() ? null : new FeatureTransform(network.readSchema(), store);
            BlockPool blocks = new BlockPool(() -> main.blocks(SLICE));
            return new ProjectedForward(network, main, shares, requests, read, blocks, SharePlan.NONE);
        } catch (EngineRefusedException | RuntimeException e) {
            loaded.forEach(Engine::close);
            throw e;
        }
    }

    private static Engine added(List<Engine> loaded, EngineKind kind, Part part) throws EngineRefusedException {
        Engine engine = kind.load(part.model(), part.schema());
        loaded.add(engine);
        return engine;
    }

    private ProjectedForward keeping(SharePlan chosen, int items, int[] widths) {
        Shares kept = switch (chosen.form()) {
            case FULL -> new FullShares(items, widths);
            case HALF -> new HalfShares(items, widths);
            case CACHE -> new ShareCache(chosen.items(), widths);
            case NONE -> new NoShares();
        };
        ItemShares keeping = shares.keeping(kept);
        try {
            switch (chosen.form()) {
                case FULL, HALF -> keeping.fill(items);
                case CACHE, NONE -> {}
            }
        } catch (RuntimeException e) {
            kept.close();
            throw e;
        }
        return new ProjectedForward(network, main, keeping, requests, read, blocks, chosen);
    }

    /** This one with other shares; both use the same engines. */
    ProjectedForward keeping(Shares kept, int count) {
        ItemShares keeping = shares.keeping(kept);
        keeping.fill(count);
        return new ProjectedForward(network, main, keeping, requests, read, blocks, plan);
    }

    @Override
    public Forward over(ItemTable items) {
        return new ProjectedForward(
                network,
                main,
                shares.over(items),
                requests == null ? null : requests.over(items),
                read == null ? null : read.over(items),
                blocks,
                plan);
    }

    /** How many heads there are. */
    int heads() {
        return network.main().schema().heads().size();
    }

    @Override
    public String engine() {
        return main.name();
    }

    @Override
    public SharePlan projection() {
        return plan;
    }

    @Override
    public Slices open(RankingInput input) {
        return new Projected(input);
    }

    /** One pool. */
    private final class Projected implements Slices {
        private final RankingInput input;
        private final float[][] ofRequest;
        private final @Nullable Request request;
        private final @Nullable RequestReadings readings;

        Projected(RankingInput input) {
            this.input = input;
            this.ofRequest = requests == null ? new float[0][] : requests.compute(input);
            this.request = read == null ? null : read.open(input);
            this.readings = read == null || request == null ? null : read.readRequest(request);
        }

        @Override
        public void score(int from, int to, float[][] heads) {
            blocks.lend(into -> score(from, to, heads, into));
        }

        private void score(int from, int to, float[][] heads, FeatureBlocks into) {
            for (int share = 0; share < ofRequest.length; share++) {
                MemorySegment block = into.values(network.firstRequestShare() + share);
                MemorySegment.copy(ofRequest[share], 0, block, ValueLayout.JAVA_FLOAT, 0, ofRequest[share].length);
            }
            for (int at = from; at < to; at += SLICE) {
                int end = Math.min(to, at + SLICE);
                if (read != null && request != null && readings != null) {
                    read.write(request, readings, at, end, into, 0);
                }
                shares.write(input.candidates(), at, end, into, network.firstItemShare());
                main.run(into, end - at, heads, at);
            }
        }
    }

    /** The network of a request's shares. */
    private record RequestShares(Engine engine, FeatureTransform transform, BlockPool blocks) {
        RequestShares(Engine engine, FeatureTransform transform) {
            this(engine, transform, new BlockPool(() -> engine.blocks(1)));
        }

        RequestShares over(ItemTable items) {
            return new RequestShares(engine, transform.over(items), blocks);
        }

        float[][] compute(RankingInput input) {
            float[][] shares = new float[transform.schema().heads().size()][];
            Arrays.setAll(shares, share -> new float[width(share)]);
            Request request = transform.open(input);
            blocks.lend(into -> {
                transform.write(request, transform.readRequest(request), 0, 0, into, 0);
                engine.run(into, 1, shares, 0);
            });
            return shares;
        }

        private int width(int share) {
            Head head = transform.schema().heads().get(share);
            return head.width();
        }
    }

    @Override
    public void close() {
        shares.close();
        if (requests != null) {
            requests.engine().close();
        }
        main.close();
    }
}
