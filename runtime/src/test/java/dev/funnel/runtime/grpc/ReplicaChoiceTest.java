package dev.funnel.runtime.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.error.Overloaded;
import dev.funnel.runtime.testing.Await;
import io.grpc.Channel;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import io.grpc.StatusRuntimeException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which replicas of a service get calls: those that serve, do not fail more than the others, and are there now. */
class ReplicaChoiceTest {
    private static final String SERVICE = CandidateServiceGrpc.SERVICE_NAME;

    /** As usual, but looked at every fifth of a second. */
    private static final ServiceConfig.OutlierDetection QUICK = new ServiceConfig.OutlierDetection(
            Duration.ofMillis(200),
            Duration.ofMillis(200),
            50,
            ServiceConfig.OutlierDetection.USUAL.failureThresholdPercent(),
            2,
            10);

    private final Channels channels = new Channels();
    private final List<Replica> replicas = new ArrayList<>();

    @AfterEach
    void stop() {
        channels.close();
        replicas.forEach(Replica::close);
    }

    private Replica replica(String settings) {
        Replica replica = new Replica(settings, Replica.GOOD);
        replicas.add(replica);
        return replica;
    }

    private static boolean answered(Channel channel) {
        try {
            return CandidateServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .retrieve(Replica.call("call"))
                    .isInitialized();
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    private void awaitAll(Channel channel) {
        Await.until("each replica is called", () -> {
            answered(channel);
            return replicas.stream().noneMatch(replica -> replica.calls().isEmpty());
        });
    }

    /** Whether all of some calls are answered, none of them by a replica. */
    private static boolean passedOver(Replica replica, Channel channel, int calls) {
        int before = replica.calls().size();
        boolean good = Stream.generate(() -> answered(channel)).limit(calls).allMatch(each -> each);
        return good && replica.calls().size() == before;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void one_that_fails_is_passed_over_and_comes_back_when_it_is_well(int count) {
        Stream.generate(() -> replica("admission: {adaptive: off}"))
                .limit(count)
                .forEach(each -> {});
        ChannelSettings settings = ChannelSettings.of(Replica.target(replicas.toArray(Replica[]::new)));
        Channel channel = channels.open(settings, new ServiceConfig(SERVICE, true, QUICK, CallPolicy.ONCE));
        awaitAll(channel);
        Replica bad = replicas.getFirst();
        bad.behave(call -> {
            throw new NotReady("ill");
        });
        Await.until("the one that fails gets nothing", () -> passedOver(bad, channel, 20));
        bad.behave(Replica.GOOD);
        int before = bad.calls().size();
        Await.until("it gets calls again", () -> {
            assertTrue(answered(channel));
            return bad.calls().size() > before;
        });
    }

    @Test
    void replicas_that_shed_two_of_three_calls_all_stay_in_use() {
        AtomicInteger number = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            replica("admission: {adaptive: off}").behave(call -> {
                if (number.incrementAndGet() % 3 > 0) {
                    throw new Overloaded("too many calls", Duration.ofMillis(1));
                }
            });
        }
        ChannelSettings settings = ChannelSettings.of(Replica.target(replicas.toArray(Replica[]::new)));
        Channel channel = channels.open(settings, new ServiceConfig(SERVICE, true, QUICK, CallPolicy.ONCE));
        awaitAll(channel);
        replicas.forEach(replica -> replica.calls().clear());
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos(); // five looks
        int asked = 0;
        while (System.nanoTime() < end || asked < 200) {
            answered(channel);
            asked++;
        }
        int first = replicas.getFirst().calls().size();
        assertEquals(asked / 2.0, first, asked * .05, first + " of " + asked + " calls went to the first of two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"once", "retries", "hedging"})
    void one_that_does_not_serve_gets_nothing(String policy) {
        Stream.generate(() -> replica("admission: {adaptive: off}")).limit(3).forEach(each -> {});
        Channel channel = channels.open(
                ChannelSettings.of(Replica.target(replicas.toArray(Replica[]::new))),
                SERVICE,
                switch (policy) {
                    case "once" -> CallPolicy.ONCE;
                    case "retries" -> new Retries(2, Duration.ofMillis(1), Duration.ofMillis(1), 10, 0.1);
                    default -> new Hedging(Duration.ofMillis(1), 1.0);
                });
        awaitAll(channel);
        Replica leaving = replicas.getLast();
        leaving.ready(false);
        Await.until("the one that leaves gets nothing", () -> passedOver(leaving, channel, 20));
        assertTrue(passedOver(leaving, channel, 100));
    }

    @Test
    void a_list_of_replicas_outlives_its_connections() {
        Replica one = replica("connection_age: 1s");
        Replica two = replica("connection_age: 1s");
        Channel channel = channels.open(ChannelSettings.of(Replica.target(one, two)), SERVICE);
        awaitAll(channel);
        long end = System.nanoTime() + Duration.ofMillis(1_500).toNanos(); // an age and its jitter
        Await.until("the connections have ended", () -> {
            assertTrue(answered(channel));
            return System.nanoTime() - end > 0;
        });
        one.calls().clear();
        two.calls().clear();
        awaitAll(channel);
    }

    @Test
    void a_name_is_resolved_again_when_connections_end() {
        Replica first = replica("connection_age: 1s");
        Replica second = replica("");
        try (Name name = new Name()) {
            name.standsFor(first);
            Channel channel = channels.open(ChannelSettings.of("changing:///candidates"), SERVICE);
            assertTrue(answered(channel));
            assertEquals(0, second.calls().size());
            name.standsFor(second);
            Await.until("the new replica is called", () -> {
                assertTrue(answered(channel));
                return !second.calls().isEmpty();
            });
        }
    }

    /** A name whose meaning changes, as that of a Kubernetes service does. */
    private static final class Name extends NameResolverProvider implements AutoCloseable {
        private final List<EquivalentAddressGroup> addresses = new CopyOnWriteArrayList<>();

        Name() {
            NameResolverRegistry.getDefaultRegistry().register(this);
        }

        void standsFor(Replica replica) {
            String[] parts = replica.address().split(":");
            addresses.clear();
            addresses.add(new EquivalentAddressGroup(new InetSocketAddress(parts[0], Integer.parseInt(parts[1]))));
        }

        @Override
        public void close() {
            NameResolverRegistry.getDefaultRegistry().deregister(this);
        }

        @Override
        protected boolean isAvailable() {
            return true;
        }

        @Override
        protected int priority() {
            return 1;
        }

        @Override
        public String getDefaultScheme() {
            return "changing";
        }

        @Override
        public @Nullable NameResolver newNameResolver(URI uri, NameResolver.Args args) {
            if (!getDefaultScheme().equals(uri.getScheme())) {
                return null;
            }
            return new NameResolver() {
                private @Nullable Listener2 listener;

                @Override
                public String getServiceAuthority() {
                    return "changing";
                }

                @Override
                public void start(Listener2 heard) {
                    listener = heard;
                    refresh();
                }

                @Override
                public void refresh() {
                    if (listener != null) {
                        listener.onResult(ResolutionResult.newBuilder()
                                .setAddressesOrError(StatusOr.fromValue(List.copyOf(addresses)))
                                .build());
                    }
                }

                @Override
                public void shutdown() {}
            };
        }
    }
}
