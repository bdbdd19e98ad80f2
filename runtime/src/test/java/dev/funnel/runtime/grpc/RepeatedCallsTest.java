package dev.funnel.runtime.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.error.Overloaded;
import dev.funnel.runtime.testing.Await;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are sent more than once, counted where they arrive. */
class RepeatedCallsTest {
    private static final String SERVICE = CandidateServiceGrpc.SERVICE_NAME;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Retries USUAL = new Retries(2, Duration.ofMillis(1), Duration.ofMillis(5), 10, 0.1);

    private final Channels channels = new Channels();

    @AfterEach
    void stop() {
        channels.close();
    }

    /** A channel that does not eject whoever fails. */
    private Channel channel(CallPolicy policy, Replica... replicas) {
        ChannelSettings usual = ChannelSettings.of(Replica.target(replicas));
        ChannelSettings unwatched = new ChannelSettings(
                usual.target(), usual.maxMessage(), usual.keepAlive(), usual.keepAliveTimeout(), true, false);
        Channel channel = channels.open(unwatched, SERVICE, policy);
        awaitAll(channel, replicas);
        return channel;
    }

    /** Calls until there is a connection to each. */
    private static void awaitAll(Channel channel, Replica... replicas) {
        Await.until("each replica is reached", () -> {
            call(channel, Replica.WARM_UP, LONG);
            return Stream.of(replicas).allMatch(Replica::reached);
        });
    }

    private static Status.Code call(Channel channel, String name, Duration deadline) {
        try {
            var answer = CandidateServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
                    .retrieve(Replica.call(name));
            return answer.isInitialized() ? Status.Code.OK : Status.Code.UNKNOWN;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    /** Calls by several callers at once; how each ended. */
    private static List<Status.Code> callMany(Channel channel, int calls, int callers) throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Future<List<Status.Code>>> each = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                each.add(threads.submit(() -> {
                    List<Status.Code> ends = new ArrayList<>();
                    for (int i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
                        ends.add(call(channel, "call-" + i, LONG));
                    }
                    return ends;
                }));
            }
            List<Status.Code> all = new ArrayList<>();
            for (Future<List<Status.Code>> one : each) {
                all.addAll(one.get(60, TimeUnit.SECONDS));
            }
            return all;
        }
    }

    private static void unavailable(String call) {
        throw new NotReady("not this one");
    }

    @Test
    void a_call_that_fails_at_one_replica_is_answered_by_another() throws Exception {
        try (Replica bad = new Replica(Replica.GOOD);
                Replica good = new Replica(Replica.GOOD)) {
            Channel channel =
                    channel(new Retries(2, Duration.ofMillis(1), Duration.ofMillis(1), 1_000, 1.0), bad, good);
            bad.behave(RepeatedCallsTest::unavailable);
            List<Status.Code> ends = callMany(channel, 200, 8);
            assertEquals(List.of(Status.Code.OK), ends.stream().distinct().toList());
            assertEquals(200, good.calls().size());
            assertTrue(
                    bad.calls().size() > 50,
                    () -> "at the bad one: " + bad.calls().size());
        }
    }

    @Test
    void when_all_fail_calls_are_sent_little_more_than_once() throws Exception {
        try (Replica one = new Replica(Replica.GOOD);
                Replica two = new Replica(Replica.GOOD)) {
            Channel channel = channel(USUAL, one, two);
            one.behave(RepeatedCallsTest::unavailable);
            two.behave(RepeatedCallsTest::unavailable);
            List<Status.Code> ends = callMany(channel, 100, 8);
            assertEquals(
                    List.of(Status.Code.UNAVAILABLE), ends.stream().distinct().toList());
            int sent = one.calls().size() + two.calls().size();
            assertTrue(sent > 100 && sent <= 120, () -> "sent " + sent);
        }
    }

    @Test
    void what_is_shed_is_not_sent_again() throws Exception {
        try (Replica one = new Replica(Replica.GOOD)) {
            Channel channel = channel(USUAL, one);
            one.behave(call -> {
                throw new Overloaded("busy", Duration.ofMillis(1));
            });
            assertEquals(
                    List.of(Status.Code.RESOURCE_EXHAUSTED),
                    callMany(channel, 20, 2).stream().distinct().toList());
            assertEquals(20, one.calls().size());
        }
    }

    @Test
    void a_call_sent_again_has_only_the_time_that_is_left() {
        try (Replica one = new Replica(Replica.GOOD)) {
            Channel channel = channel(USUAL, one);
            one.behave(RepeatedCallsTest::unavailable);
            assertEquals(Status.Code.UNAVAILABLE, call(channel, "twice", Duration.ofSeconds(5)));
            assertEquals(2, one.left().size());
            assertTrue(one.left().get(0).compareTo(Duration.ofSeconds(5)) <= 0, one.left()::toString);
            assertTrue(one.left().get(1).compareTo(one.left().get(0)) < 0, one.left()::toString);
        }
    }

    @Test
    void no_second_call_is_sent_after_the_deadline() {
        try (Replica one = new Replica(Replica.GOOD)) {
            Duration second = Duration.ofSeconds(1);
            Channel channel = channel(new Retries(2, second, second, 10, 0.1), one);
            one.behave(RepeatedCallsTest::unavailable);
            for (int i = 0; i < 8; i++) { // the wait is random, up to a second
                call(channel, "short", Duration.ofMillis(20));
            }
            one.behave(Replica.GOOD);
            assertTrue(one.left().stream().allMatch(left -> left.toMillis() <= 20), one.left()::toString);
            assertEquals(Status.Code.OK, call(channel, "after", LONG));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void every_second_call_goes_to_a_replica_that_has_not_got_the_first(int replicas) throws Exception {
        int calls = 300;
        Map<String, AtomicInteger> arrived = new ConcurrentHashMap<>();
        List<Replica> all = new ArrayList<>();
        try {
            for (int i = 0; i < replicas; i++) {
                all.add(new Replica(Replica.GOOD));
            }
            Channel channel = channel(new Hedging(Duration.ofMillis(1), 1.0), all.toArray(Replica[]::new));
            all.forEach(replica -> replica.behave(call -> {
                AtomicInteger came = arrived.computeIfAbsent(call, name -> new AtomicInteger());
                came.incrementAndGet();
                Await.until("the second call came", () -> came.get() == 2); // so that there always is one
            }));
            List<Status.Code> ends = callMany(channel, calls, 8);
            assertEquals(List.of(Status.Code.OK), ends.stream().distinct().toList());
            assertEquals(
                    2 * calls,
                    all.stream().mapToInt(replica -> replica.calls().size()).sum());
            for (Replica replica : all) {
                assertEquals(replica.calls().size(), new HashSet<>(replica.calls()).size(), "got a call twice");
                assertTrue(replica.calls().size() > calls / replicas, "is left out");
            }
        } finally {
            all.forEach(Replica::close);
        }
    }

    @Test
    void second_calls_are_few_however_slow_the_replicas_are() throws Exception {
        try (Replica one = new Replica(Replica.GOOD);
                Replica two = new Replica(Replica.GOOD);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Channel channel = channel(new Hedging(Duration.ofMillis(1), 0.05), one, two);
            AtomicBoolean open = new AtomicBoolean();
            Replica.Behaviour slow = call -> Await.until("it is open", open::get);
            one.behave(slow);
            two.behave(slow);
            Future<List<Status.Code>> ends = threads.submit(() -> callMany(channel, 60, 60));
            Await.until( // how many they may be depends on what the channel's warm-up has spent
                    "all calls and the first second ones came",
                    () -> one.calls().size() + two.calls().size() > 60);
            Await.until("the time for more second calls has passed", elapsed(Duration.ofMillis(100))::get);
            open.set(true);
            assertEquals(
                    List.of(Status.Code.OK),
                    ends.get(60, TimeUnit.SECONDS).stream().distinct().toList());
            int second = one.calls().size() + two.calls().size() - 60;
            assertTrue(second <= HedgeBudget.MOST + 60 * 0.05, () -> "second calls: " + second);
        }
    }

    @Test
    void without_another_replica_a_slow_call_is_left_in_peace() {
        try (Replica one = new Replica(Replica.GOOD)) {
            Channel channel = channel(new Hedging(Duration.ofMillis(1), 1.0), one);
            one.behave(
                    call -> Await.until("the time for a second call has passed", elapsed(Duration.ofMillis(20))::get));
            assertEquals(Status.Code.OK, call(channel, "slow", LONG));
            assertEquals(List.of("slow"), one.calls());
        }
    }

    private static java.util.function.Supplier<Boolean> elapsed(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() - end > 0;
    }

    @Test
    void a_second_call_that_is_shed_does_not_end_the_first() {
        try (Replica slow = new Replica(Replica.GOOD);
                Replica busy = new Replica(Replica.GOOD)) {
            Channel channel = channel(new Hedging(Duration.ofMillis(1), 1.0), slow, busy);
            AtomicInteger first = new AtomicInteger();
            Replica.Behaviour behaviour = call -> {
                if (!call.equals("slow")) {
                    return; // a second call from when the channel was warmed up
                }
                if (first.getAndIncrement() > 0) {
                    throw new Overloaded("busy", Duration.ofMillis(1));
                }
                Await.until("the second call was shed", () -> first.get() == 2);
            };
            slow.behave(behaviour);
            busy.behave(behaviour);
            assertEquals(Status.Code.OK, call(channel, "slow", LONG));
            assertEquals(2, first.get());
        }
    }
}
