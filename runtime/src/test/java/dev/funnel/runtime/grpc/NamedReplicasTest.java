package dev.funnel.runtime.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names are looked up in a map of the test's own, whenever the test says so. */
class NamedReplicasTest {
    private final Map<String, List<String>> names = new HashMap<>();
    private final Deque<Runnable> lookups = new ArrayDeque<>();
    private final Timer timer = new Timer();
    private final Told told = new Told();
    private final SynchronizationContext context = new SynchronizationContext((thread, failure) -> {
        throw new AssertionError(failure);
    });
    private final NamedReplicas replicas = new NamedReplicas(
            List.of(NamedReplicas.Replica.parse("a:1"), NamedReplicas.Replica.parse("b:2")),
            this::addresses,
            lookups::add,
            context,
            timer);

    @AfterEach
    void shutdown() {
        context.execute(replicas::shutdown);
        timer.shutdownNow();
    }

    private List<InetAddress> addresses(String host) throws UnknownHostException {
        List<String> known = names.get(host);
        if (known == null) {
            throw new UnknownHostException(host);
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (String address : known) {
            addresses.add(InetAddress.ofLiteral(address));
        }
        return addresses;
    }

    private void start() {
        context.execute(() -> replicas.start(told));
        lookUp();
    }

    private void refresh() {
        context.execute(replicas::refresh);
        lookUp();
    }

    private void lookUp() {
        assertEquals(1, lookups.size(), "names are looked up elsewhere");
        lookups.remove().run();
    }

    private void know(String host, String... addresses) {
        names.put(host, Arrays.asList(addresses));
    }

    @Test
    void a_replica_that_moved_is_found_when_grpc_asks_again() {
        know("a", "10.0.0.1");
        know("b", "10.0.0.2");
        start();
        assertEquals(List.of("10.0.0.1:1", "10.0.0.2:2"), told.last());
        know("b", "10.0.0.3");
        refresh();
        assertEquals(List.of("10.0.0.1:1", "10.0.0.3:2"), told.last());
    }

    @Test
    void an_unknown_name_is_left_out_while_another_is_known_and_found_later_without_being_asked() {
        know("a", "10.0.0.1");
        start();
        assertEquals(List.of("10.0.0.1:1"), told.last());
        timer.run();
        lookUp();
        assertEquals(List.of("10.0.0.1:1"), told.last());
        know("b", "10.0.0.2");
        timer.run();
        lookUp();
        assertEquals(List.of("10.0.0.1:1", "10.0.0.2:2"), told.last());
        assertEquals(0, timer.tasks.size(), "all are known");
    }

    @Test
    void without_any_known_name_the_channel_is_told_why_and_goes_on_once_there_is_one() {
        start();
        Status status = told.results.getLast().getAddressesOrError().getStatus();
        assertEquals(Status.Code.UNAVAILABLE, status.getCode());
        assertEquals("unknown names: a, b", status.getDescription());
        know("b", "10.0.0.2");
        refresh();
        assertEquals(List.of("10.0.0.2:2"), told.last());
    }

    @Test
    void a_replica_stays_at_its_address_in_whatever_order_its_name_gives_them() {
        know("a", "10.0.0.1", "10.0.0.9");
        know("b", "10.0.0.2");
        start();
        know("a", "10.0.0.9", "10.0.0.1");
        refresh();
        assertEquals(List.of("10.0.0.1:1", "10.0.0.2:2"), told.last());
        know("a", "10.0.0.9");
        refresh();
        assertEquals(List.of("10.0.0.9:1", "10.0.0.2:2"), told.last());
    }

    @Test
    void requests_to_look_again_while_it_looks_are_one() {
        know("a", "10.0.0.1");
        know("b", "10.0.0.2");
        context.execute(() -> replicas.start(told));
        context.execute(replicas::refresh);
        context.execute(replicas::refresh);
        lookUp();
        assertEquals(1, told.results.size());
        refresh();
        assertEquals(2, told.results.size());
    }

    @Test
    void after_shutdown_nobody_is_told_and_nothing_is_looked_up() {
        know("a", "10.0.0.1");
        start();
        context.execute(replicas::refresh);
        context.execute(replicas::shutdown);
        lookUp();
        assertEquals(1, told.results.size());
        context.execute(replicas::refresh);
        assertEquals(0, lookups.size());
    }

    @Test
    void what_is_not_a_host_with_a_port_is_refused() {
        var refused = assertThrows(IllegalArgumentException.class, () -> NamedReplicas.Replica.parse("host"));
        assertTrue(String.valueOf(refused.getMessage()).contains("\"host\" is not host:port"));
    }

    /** Remembers what the channel would be told. */
    private static final class Told extends NameResolver.Listener2 {
        private final List<NameResolver.ResolutionResult> results = new ArrayList<>();

        List<String> last() {
            return results.getLast().getAddressesOrError().getValue().stream()
                    .map(EquivalentAddressGroup::getAddresses)
                    .map(addresses -> (InetSocketAddress) addresses.getFirst())
                    .map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
                    .toList();
        }

        @Override
        public void onResult(NameResolver.ResolutionResult result) {
            results.add(result);
        }

        @Override
        public void onError(Status error) {
            throw new AssertionError(error);
        }
    }

    /** Runs what is due after {@link NamedReplicas#AGAIN} when told to. */
    private final class Timer extends ScheduledThreadPoolExecutor {
        private final Deque<Runnable> tasks = new ArrayDeque<>();

        Timer() {
            super(1);
        }

        void run() {
            assertEquals(1, tasks.size());
            tasks.remove().run();
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            assertEquals(NamedReplicas.AGAIN.toMillis(), unit.toMillis(delay));
            tasks.add(task);
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }
    }
}
