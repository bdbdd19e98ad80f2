package dev.funnel.benchmarks.rank;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.inference.feature.RankingInput;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A ranking-service over the newest bundle of a folder, and pools to ask it about as the gateway does: for the bundle's users with their
 * profiles and histories, of random items that {@value #GENERATORS} generators nominated and scored. Service and caller share the JVM,
 * not the socket.
 */
final class ServedRanker implements AutoCloseable {
    private static final int REQUESTS = 199; // no multiple of what callers do in turn
    private static final int GENERATORS = 3;
    private static final long SEED = 9;
    private static final long START_SECONDS = 120;

    private final Bundle bundle;
    private final RankerEntry entry;
    private final List<Pool> pools;
    private final StageProcess<?> process;
    private final ManagedChannel channel;

    /** What the service is asked, and the same as its ranker reads it. */
    record Pool(RankRequest request, RankingInput input) {}

    private ServedRanker(Bundle bundle, RankerEntry entry, List<Pool> pools, StageProcess<?> process) {
        this.bundle = bundle;
        this.entry = entry;
        this.pools = pools;
        this.process = process;
        this.channel = NettyChannelBuilder.forTarget(process.host().address())
                .usePlaintext()
                .build();
    }

    /**
     * Starts it.
     *
     * @param candidates of a pool, if the bundle has so many items
     * @throws IllegalArgumentException if the bundle has no ranker, or no user
     */
    static ServedRanker start(Path root, String name, int candidates) throws IOException, BundleRefusedException {
        BundleStore store = new BundleStore(root, name);
        Bundle bundle = Bundle.open(store.path(store.newest().orElseThrow()));
        try {
            RankerEntry entry = bundle.manifest().ranker();
            if (entry == null || bundle.users().size() == 0) {
                throw new IllegalArgumentException("the bundle has no ranker, or no user to rank for");
            }
            return new ServedRanker(bundle, entry, pools(bundle, candidates), process(root, name));
        } catch (IOException | RuntimeException e) {
            bundle.close();
            throw e;
        }
    }

    private static StageProcess<?> process(Path root, String name) throws IOException {
        Path configuration = Files.createTempFile("funnel-bench-", ".yaml");
        try {
            Files.writeString(
                    configuration,
                    "server: {host: 127.0.0.1, port: 0}\nbundles: {root: '%s', name: '%s'}\n"
                            .formatted(root.toAbsolutePath(), name));
            return loaded(RankingServiceMain.start(
                    ConfigurationFile.load(RankingConfiguration.class, configuration, Map.of()), Readiness.silent()));
        } finally {
            Files.delete(configuration);
        }
    }

    private static StageProcess<?> loaded(StageProcess<?> process) {
        try {
            process.lookForBundles(Deadline.after(Duration.ofSeconds(START_SECONDS)));
            return process;
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    Bundle bundle() {
        return bundle;
    }

    RankerEntry entry() {
        return entry;
    }

    List<Pool> pools() {
        return pools;
    }

    /** For one call, which may take so many milliseconds. */
    RankingServiceBlockingStub stub(long millis) {
        return RankingServiceGrpc.newBlockingStub(channel).withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            process.close();
        } finally {
            bundle.close();
        }
    }

    private static long trainedUntil(Bundle bundle) {
        Instant until = bundle.manifest().trainedUntil();
        return until == null ? 0 : until.toEpochMilli();
    }

    private static List<Pool> pools(Bundle bundle, int candidates) {
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
