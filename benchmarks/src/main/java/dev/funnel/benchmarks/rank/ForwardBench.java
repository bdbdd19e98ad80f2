package dev.funnel.benchmarks.rank;

import dev.funnel.benchmarks.serve.Percentiles;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TensorFile;
import dev.funnel.inference.Forward;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineChoice.Part;
import dev.funnel.inference.engine.EngineKind;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.onnx.DamagedModelException;
import dev.funnel.inference.projection.CutNetwork;
import dev.funnel.inference.projection.ProjectedForward;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How long does a ranker's forward pass take for a pool, on every engine, whole and with items' shares computed ahead, and how far is that
 * from a plain matrix multiply? Data: random weights, random items. Command: {@code funnel bench ranking --candidates 500 --item-width 400
 * --user-width 600 --layers 1024,512,256 --json}.
 *
 * <p>"onnx" and "nd4j" run the network as exporters write it, on blocks that are filled. "-projected" reads the person's numbers, computes
 * their share, looks up the items' and runs the rest: all that a request needs. "limit" is the products of the same sizes alone, by
 * the engine that is faster at them.
 */
public final class ForwardBench {
    private static final int ITEMS = 20_000;
    private static final int POOLS = 64;
    private static final int MOST_CALLS = 200_000;
    private static final long SEED = 3;
    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final RankerShape shape;
    private final int candidates;
    private final double seconds;

    /** @param seconds of measuring for each line, after half as long to warm up */
    public ForwardBench(RankerShape shape, int candidates, double seconds) {
        this.shape = shape;
        this.candidates = candidates;
        this.seconds = seconds;
    }

    /**
     * A line of the result.
     *
     * @param threads that score pools of their own side by side
     * @param call time of a pool
     * @param candidatesPerSecond of all threads together
     * @param gflopsEquivalent what the whole network would have to compute in that time, in 10^9 operations a second
     */
    public record Line(
            String engine, int threads, Percentiles call, double candidatesPerSecond, double gflopsEquivalent) {}

    /** Measures all engines of {@code kinds}. */
    public void run(List<EngineKind> kinds, Path folder, Consumer<Line> lines)
            throws IOException, BundleRefusedException, DamagedModelException, EngineRefusedException {
        Part whole = shape.whole();
        CutNetwork cut = CutNetwork.of(whole.model(), whole.schema())
                .orElseThrow(() -> new IllegalStateException("a network of joined blocks can be cut"));
        FeatureStore store = store(folder);
        List<Line> limits = new ArrayList<>();
        for (int threads : new int[] {1, 2}) {
            for (EngineKind kind : kinds) {
                String name = kind.name().toLowerCase(Locale.ROOT);
                try (Contender each = engine(name, kind.load(whole.model(), whole.schema()))) {
                    lines.accept(measure(each, threads));
                }
                try (Contender each =
                        projected(name + "-projected", ProjectedForward.load(cut, kind, store, UNBOUNDED))) {
                    lines.accept(measure(each, threads));
                }
                Part products = shape.products();
                try (Contender each = engine("limit", kind.load(products.model(), products.schema()))) {
                    limits.add(measure(each, threads));
                }
            }
            limits.stream()
                    .filter(line -> line.threads() == threads)
                    .min((a, b) -> Double.compare(a.call().micros(.5), b.call().micros(.5)))
                    .ifPresent(lines);
        }
    }

    /** A way to score pools with shares computed ahead, for soaks; to be closed. */
    public Forward forward(EngineKind kind, Path folder)
            throws IOException, BundleRefusedException, DamagedModelException, EngineRefusedException {
        Part whole = shape.whole();
        CutNetwork cut = CutNetwork.of(whole.model(), whole.schema()).orElseThrow();
        return ProjectedForward.load(cut, kind, store(folder), UNBOUNDED);
    }

    /** A pool of random items. */
    RankingInput pool(Random random) {
        return RankingInput.ofItems(random.ints(candidates, 0, ITEMS).toArray());
    }

    private Contender engine(String name, Engine engine) {
        Contender.Scoring scoring = () -> {
            FeatureBlocks blocks = engine.blocks(candidates);
            float[][] heads = new float[1][candidates];
            return () -> engine.run(blocks, candidates, heads, 0);
        };
        return new Contender(name, scoring, engine::close);
    }

    private Contender projected(String name, Forward forward) {
        Contender.Scoring scoring = () -> {
            Random random = new Random(SEED);
            RankingInput[] pools =
                    IntStream.range(0, POOLS).mapToObj(i -> pool(random)).toArray(RankingInput[]::new);
            float[][] heads = new float[1][candidates];
            int[] next = new int[1];
            return () -> forward.open(pools[next[0]++ % POOLS]).score(0, candidates, heads);
        };
        return new Contender(name, scoring, forward::close);
    }

    private Line measure(Contender contender, int threads) {
        time(contender, threads, seconds / 2);
        long started = System.nanoTime();
        long[] nanos = time(contender, threads, seconds);
        double elapsed = (System.nanoTime() - started) / 1e9;
        double perSecond = nanos.length * (double) candidates / elapsed;
        Percentiles call = Percentiles.of(nanos);
        return new Line(contender.engine(), threads, call, perSecond, perSecond * shape.flops() / 1e9);
    }

    private static long[] time(Contender contender, int threads, double seconds) {
        long[][] nanos = new long[threads][];
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            running.add(Thread.ofPlatform()
                    .start(() -> nanos[thread] = calls(contender.scoring().prepare(), seconds)));
        }
        for (Thread thread : running) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while measuring", e);
            }
        }
        return Arrays.stream(nanos).flatMapToLong(Arrays::stream).toArray();
    }

    private static long[] calls(Runnable call, double seconds) {
        long[] nanos = new long[MOST_CALLS];
        int count = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (long before = System.nanoTime(); before < end && count < MOST_CALLS; ) {
            call.run();
            long after = System.nanoTime();
            nanos[count++] = after - before;
            before = after;
        }
        return Arrays.copyOf(nanos, count);
    }

    private FeatureStore store(Path folder) throws IOException, BundleRefusedException {
        Path file = folder.resolve("bench-items.safetensors");
        if (!Files.exists(file)) {
            new TableWriter(
                            file,
                            IntStream.range(0, ITEMS)
                                    .mapToObj("v%06d"::formatted)
                                    .toArray(String[]::new))
                    .write();
        }
        ItemTable items = ItemTable.load(TensorFile.open(file, Arena.ofAuto()));
        Random random = new Random(SEED);
        return new FeatureStore(
                items,
                Map.of("item", matrix(random, shape.itemWidth()), "user", matrix(random, shape.userWidth())),
                Map.of(),
                Map.of(),
                Map.of());
    }

    private static FloatMatrix matrix(Random random, int width) {
        float[] values = new float[ITEMS * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - .5f;
        }
        return FloatMatrix.of(values, ITEMS, width);
    }
}
