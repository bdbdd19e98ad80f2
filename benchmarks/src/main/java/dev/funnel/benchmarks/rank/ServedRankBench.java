package dev.funnel.benchmarks.rank;

import dev.funnel.benchmarks.serve.Percentiles;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.RankerSettings;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Request;
import dev.funnel.inference.feature.StoredFeatures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What does ranking-service cost beside feature assembly and the forward pass?
 *
 * <p>One caller asks {@code Rank} over a loopback socket, one call after the other, as the gateway does. In turn with the calls the same
 * pools are scored in this process by a ranker loaded alike: the difference of the medians is transport, reading the request and writing
 * the answer. Assembly of all blocks of the schema, as a network that is not cut reads them, is timed apart. Command: {@code
 * funnel bench ranking --bundles DIR --json}.
 *
 * <p>What every call goes through once is compiled late: it takes {@value #WARM_UP_CALLS} calls, or ten times as long as is measured, to
 * warm up.
 *
 * @param candidates of a pool, if the bundle has so many items
 * @param seconds of measuring
 */
public record ServedRankBench(int candidates, double seconds) {
    private static final int MOST_CALLS = 1_000_000;
    private static final int WARM_UP_CALLS = 3_000;
    private static final double WARM_UP_TIMES = 10;
    private static final long CALL_MILLIS = 10_000;

    /**
     * What was measured.
     *
     * @param ranker the ranker's own words on how it runs
     * @param candidates of each pool
     * @param call of a request, as the caller sees it
     * @param scoring of the same pools, in process: assembly and forward pass
     * @param assembly of all blocks of a pool
     */
    public record Result(String ranker, int candidates, Percentiles call, Percentiles scoring, Percentiles assembly) {
        /** Median of the calls beyond that of scoring, in microseconds. */
        public double overheadMicros() {
            return call.micros(.5) - scoring.micros(.5);
        }
    }

    /** Serves the newest bundle of a name under a root, and measures. */
    public Result run(Path root, String name) throws IOException, BundleRefusedException {
        try (ServedRanker served = ServedRanker.start(root, name, candidates);
                Ranker ranker = Ranker.load(served.bundle(), served.entry(), RankerSettings.DEFAULT)) {
            return measure(served, ranker);
        }
    }

    private Result measure(ServedRanker served, Ranker ranker) throws BundleRefusedException {
        Bundle bundle = served.bundle();
        FeatureTransform transform = new FeatureTransform(
                ranker.schema(),
                StoredFeatures.load(
                        ranker.schema(),
                        bundle.items(),
                        bundle::tensors,
                        served.entry().features()));
        FeatureBlocks blocks = FeatureBlocks.rowPerRequest(ranker.schema(), candidates);
        List<Timed> parts = List.of(
                new Timed(pool -> served.stub(CALL_MILLIS).rank(pool.request())),
                new Timed(pool -> ranker.score(pool.input())),
                new Timed(pool -> assemble(transform, pool.input(), blocks)));
        inTurn(parts, served.pools(), WARM_UP_CALLS, WARM_UP_TIMES * seconds);
        parts.forEach(Timed::forget);
        inTurn(parts, served.pools(), MOST_CALLS, seconds);
        return new Result(
                ranker.description(),
                served.pools().getFirst().input().candidates().length,
                parts.get(0).times(),
                parts.get(1).times(),
                parts.get(2).times());
    }

    private static void inTurn(List<Timed> parts, List<ServedRanker.Pool> pools, int most, double longestSeconds) {
        long end = System.nanoTime() + (long) (longestSeconds * 1e9);
        for (int i = 0; System.nanoTime() < end && i < most; i++) {
            ServedRanker.Pool pool = pools.get(i % pools.size());
            parts.forEach(part -> part.run(pool));
        }
    }

    private static void assemble(FeatureTransform transform, RankingInput input, FeatureBlocks into) {
        Request request = transform.open(input);
        transform.write(request, transform.readRequest(request), 0, input.candidates().length, into, 0);
    }

    /** Something done for every pool, and how long it took. */
    private static final class Timed {
        private final Consumer<ServedRanker.Pool> work;
        private final long[] nanos = new long[MOST_CALLS];
        private int count;

        Timed(Consumer<ServedRanker.Pool> work) {
            this.work = work;
        }

        void run(ServedRanker.Pool pool) {
            long before = System.nanoTime();
            work.accept(pool);
            nanos[count++] = System.nanoTime() - before;
        }

        void forget() {
            count = 0;
        }

        Percentiles times() {
            return Percentiles.of(Arrays.copyOf(nanos, count));
        }
    }
}
