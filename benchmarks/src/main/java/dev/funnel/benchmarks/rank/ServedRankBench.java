package dev.funnel.benchmarks.rank;

import dev.funnel.benchmarks.serve.Percentiles;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.RankerSettings;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Request;
import dev.funnel.inference.feature.StoredFeatures;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.ranking.v1.RankingServiceGrpc;
import dev.funnel.proto.ranking.v1.RankingServiceGrpc.RankingServiceBlockingStub;
import dev.funnel.ranking.RankingConfiguration;
import dev.funnel.ranking.RankingServiceMain;
import dev.funnel.ranking.feature.RankingInputs;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.runtime.user.UserStates;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.DeviceType;
import dev.funnel.runtime.wire.Interactions;
import dev.funnel.runtime.wire.Nomination;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.ToWire;
import dev.funnel.runtime.wire.UserState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What does ranking-service cost beside feature assembly and the forward pass?
 *
 * <p>One caller asks {@code Rank} over a loopback socket, one call after the other, as the gateway does: for the bundle's users with their
 * profiles and histories, and pools of random items that {@value #GENERATORS} generators nominated and scored. In turn
 * with the calls the same pools are scored in this process by a ranker loaded alike: the difference of the
 * medians is transport, reading the request and writing the answer. Assembly of all blocks of the schema, as a network that is not cut
 * reads them, is timed apart. Service and caller share the JVM, not the socket.
 *
 * <p>What every call goes through once is compiled late: it takes {@value #WARM_UP_CALLS} calls, or ten times as long as is measured, to
 * warm up.
 *
 * @param candidates of a pool, if the bundle has so many items
 * @param seconds of measuring
 */
public record ServedRankBench(int candidates, double seconds) {
    private static final int REQUESTS = 200;
    private static final int MOST_CALLS = 1_000_000;
    private static final int WARM_UP_CALLS = 3_000;
    private static final double WARM_UP_TIMES = 10;
    private static final int GENERATORS = 3;
    private static final long SEED = 9;

    /**
     * What was measured.
     *
     * @param ranker the ranker's own words on how it runs
     * @param call of a request, as the caller sees it
     * @param scoring of the same pools, in process: assembly and forward pass
     * @param assembly of all blocks of a pool
     */
    public record Result(String ranker, Percentiles call, Percentiles scoring, Percentiles assembly) {
        /** Median of the calls beyond that of scoring, in microseconds. */
        public double overheadMicros() {
            return call.micros(.5) - scoring.micros(.5);
        }
    }

    private record Pool(RankRequest request, RankingInput input) {}

    /** Serves the newest bundle of a name under a root, and measures. */
    public Result run(Path root, String name) throws IOException, BundleRefusedException {
        Path configuration = Files.createTempFile("funnel-bench-", ".yaml");
        BundleStore store = new BundleStore(root, name);
        try (Bundle bundle = Bundle.open(store.path(store.newest().orElseThrow()))) {
            Files.writeString(
                    configuration,
                    "server: {host: 127.0.0.1, port: 0}\nbundles: {root: '%s', name: '%s'}\n"
                            .formatted(root.toAbsolutePath(), name));
            RankingConfiguration service = ConfigurationFile.load(RankingConfiguration.class, configuration, Map.of());
            RankerEntry entry = Objects.requireNonNull(bundle.manifest().ranker(), "the bundle has no ranker");
            try (StageProcess<?> process = RankingServiceMain.start(service, Readiness.silent());
                    Ranker ranker = Ranker.load(bundle, entry, RankerSettings.DEFAULT)) {
                process.lookForBundles(Deadline.after(Duration.ofSeconds(120)));
                return measure(process.host().address(), bundle, entry, ranker);
            }
        } finally {
            Files.delete(configuration);
        }
    }

    private Result measure(String address, Bundle bundle, RankerEntry entry, Ranker ranker)
            throws BundleRefusedException {
        List<Pool> pools = pools(bundle);
        FeatureTransform transform = new FeatureTransform(
                ranker.schema(),
                StoredFeatures.load(ranker.schema(), bundle.items(), bundle::tensors, entry.features()));
        FeatureBlocks blocks = FeatureBlocks.rowPerRequest(ranker.schema(), candidates);
        ManagedChannel channel =
                NettyChannelBuilder.forTarget(address).usePlaintext().build();
        try {
            RankingServiceBlockingStub stub = RankingServiceGrpc.newBlockingStub(channel);
            List<Timed> parts = List.of(
                    new Timed(
                            pool -> stub.withDeadlineAfter(10, TimeUnit.SECONDS).rank(pool.request())),
                    new Timed(pool -> ranker.score(pool.input())),
                    new Timed(pool -> assemble(transform, pool.input(), blocks)));
            inTurn(parts, pools, WARM_UP_CALLS, WARM_UP_TIMES * seconds);
            parts.forEach(Timed::forget);
            inTurn(parts, pools, MOST_CALLS, seconds);
            return new Result(
                    ranker.description(),
                    parts.get(0).times(),
                    parts.get(1).times(),
                    parts.get(2).times());
        } finally {
            channel.shutdownNow();
        }
    }

    private static void inTurn(List<Timed> parts, List<Pool> pools, int most, double longestSeconds) {
        long end = System.nanoTime() + (long) (longestSeconds * 1e9);
        for (int i = 0; System.nanoTime() < end && i < most; i++) {
            Pool pool = pools.get(i % pools.size());
            parts.forEach(part -> part.run(pool));
        }
    }

    private static void assemble(FeatureTransform transform, RankingInput input, FeatureBlocks into) {
        Request request = transform.open(input);
        transform.write(request, transform.readRequest(request), 0, input.candidates().length, into, 0);
    }

    /** Something done for every pool, and how long it took. */
    private static final class Timed {
        private final Consumer<Pool> work;
        private final long[] nanos = new long[MOST_CALLS];
        private int count;

        Timed(Consumer<Pool> work) {
            this.work = work;
        }

        void run(Pool pool) {
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

    private static long trainedUntil(Bundle bundle) {
        Instant until = bundle.manifest().trainedUntil();
        return until == null ? 0 : until.toEpochMilli();
    }

    private List<Pool> pools(Bundle bundle) {
        Random random = new Random(SEED);
        List<String> generators = bundle.manifest().generators().stream()
                .map(GeneratorEntry::name)
                .limit(GENERATORS)
                .toList();
        List<Pool> pools = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String user = bundle.users().id(random.nextInt(bundle.users().size()));
            List<String> items = random.ints(0, bundle.items().size())
                    .distinct()
                    .limit(Math.min(candidates, bundle.items().size()))
                    .mapToObj(bundle.items()::id)
                    .toList();
            pools.add(pool(bundle, user, nominated(items, generators, random)));
        }
        return pools;
    }

    private static Pool pool(Bundle bundle, String user, Candidates candidates) {
        Context context =
                new Context("DE", "de", DeviceType.PHONE, Instant.ofEpochMilli(trainedUntil(bundle)), Map.of());
        Query query = new Query(user, Interactions.NONE, "", context, List.of(), null);
        UserState state = UserStates.join(bundle.items(), bundle.users(), query).state();
        return new Pool(
                RankRequest.newBuilder()
                        .setQuery(ToWire.query(query))
                        .setUser(ToWire.userState(state))
                        .setCandidates(ToWire.candidates(candidates))
                        .build(),
                RankingInputs.of(state, context, candidates, bundle.items()));
    }

    /** Items of which each generator nominates its share, and scores all. */
    private static Candidates nominated(List<String> items, List<String> generators, Random random) {
        List<Nomination> nominations = new ArrayList<>();
        for (int g = 0; g < generators.size(); g++) {
            int number = g;
            int[] positions = IntStream.range(0, items.size())
                    .filter(item -> item % generators.size() == number)
                    .toArray();
            nominations.add(new Nomination(
                    generators.get(g),
                    positions,
                    scores(positions.length, random),
                    scores(positions.length, random),
                    scores(items.size(), random)));
        }
        return new Candidates(items, nominations, scores(items.size(), random));
    }

    private static float[] scores(int count, Random random) {
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            scores[i] = random.nextFloat();
        }
        return scores;
    }
}
