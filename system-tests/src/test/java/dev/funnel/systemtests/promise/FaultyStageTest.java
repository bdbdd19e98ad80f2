package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.cli.cluster.ClusterPlan;
import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.cluster.Service;
import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.proto.gateway.v1.RecommendedItem;
import dev.funnel.proto.gateway.v1.Rung;
import dev.funnel.systemtests.promise.FaultProxy.Fault;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever one back end does (it is killed, stopped, slow, swallows what it is sent, resets its connections), every client holds a
 * slate before its deadline, is told the rung and what was lost, no strict rule is broken, and afterwards everything is as before. Each
 * trouble befalls one back end, and with {@code -Dfunnel.long=true} every one.
 */
@ExtendWith(TinyFunnelExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyStageTest {

    private static final long DEADLINE_MILLIS = 1_000;
    private static final int CLIENTS = 3;
    private static final int PAGE = 10;
    private static final String LANGUAGE = "en";
    private static final Set<Service> BACK_ENDS = EnumSet.complementOf(EnumSet.of(Service.GATEWAY));
    private static final Map<Service, Stage> STAGES = Map.of(
            Service.CANDIDATE, Stage.STAGE_CANDIDATES,
            Service.RANKING, Stage.STAGE_RANKING,
            Service.RERANKER, Stage.STAGE_RERANKING);
    private static final Map<Service, Rung> RUNGS = Map.of(
            Service.CANDIDATE, Rung.RUNG_LAST_GOOD,
            Service.RANKING, Rung.RUNG_NO_RANKING,
            Service.RERANKER, Rung.RUNG_NO_RERANKING);
    private static final Set<DegradationKind> LOST =
            EnumSet.of(DegradationKind.DEGRADATION_KIND_LATE, DegradationKind.DEGRADATION_KIND_FAILED);

    private final TinyFunnel funnel;
    private final Map<Service, FaultProxy> proxies = new EnumMap<>(Service.class);
    private final LocalCluster cluster;
    private final StockClient client;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    /** What goes wrong with a back end. */
    enum Trouble {
        KILLED,
        STOPPED,
        SLOW,
        BLACK_HOLE,
        RESET
    }

    /** The home pipeline gets a strict rule that most items break, and time to spare for a busy machine. */
    FaultyStageTest(TinyFunnel funnel) throws IOException, InterruptedException {
        this.funnel = funnel;
        ClusterPlan plan = funnel.plan("faulty-stage");
        Map<String, Object> onlyEnglish = Map.of("equals", Map.of("column", "language", "value", LANGUAGE));
        plan.configuration(Service.GATEWAY)
                .set(
                        List.of(Map.of("name", "only-english", "predicate", onlyEnglish)),
                        "pipelines",
                        "home",
                        "strict_rules")
                .set("300ms", "pipelines", "home", "reserve")
                .set("1s", "pipelines", "home", "deadline")
                .set(Map.of("period", "100ms"), "pipelines", "home", "effort");
        Map<Service, String> detours = new EnumMap<>(Service.class);
        for (Service backEnd : BACK_ENDS) {
            FaultProxy proxy = new FaultProxy(plan.port(backEnd));
            proxies.put(backEnd, proxy);
            detours.put(backEnd, proxy.target());
        }
        this.cluster = LocalCluster.start(plan.withDetours(detours));
        this.client = new StockClient(cluster.port(Service.GATEWAY));
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        cluster.close();
        clients.shutdownNow();
        for (FaultProxy proxy : proxies.values()) {
            proxy.close();
        }
    }

    static Stream<Arguments> troubles() {
        return Boolean.getBoolean("funnel.long")
                ? everyTrouble()
                : Stream.of(
                        Arguments.of(Service.CANDIDATE, Trouble.KILLED),
                        Arguments.of(Service.RERANKER, Trouble.STOPPED),
                        Arguments.of(Service.RANKING, Trouble.SLOW),
                        Arguments.of(Service.RANKING, Trouble.BLACK_HOLE),
                        Arguments.of(Service.CANDIDATE, Trouble.RESET));
    }

    private static Stream<Arguments> everyTrouble() {
        return BACK_ENDS.stream()
                .flatMap(backEnd -> Stream.of(Trouble.values())
                        .filter(trouble -> trouble != Trouble.BLACK_HOLE || backEnd == Service.RANKING)
                        .map(trouble -> Arguments.of(backEnd, trouble)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("troubles")
    void every_client_holds_a_slate_that_says_what_was_lost_and_all_is_well_afterwards(Service backEnd, Trouble trouble)
            throws Exception {
        awaitFullSlates();
        begin(backEnd, trouble);
        try {
            List<RecommendResponse> slates = slatesOfAllClients();
            slates.forEach(slate -> assertReplaced(backEnd, slate));
            assertTrue(
                    slates.stream().anyMatch(slate -> slate.getRung() == RUNGS.get(backEnd)),
                    "no slate lacks this back end alone: " + slates);
        } finally {
            end(backEnd, trouble);
        }
        awaitFullSlates();
    }

    private void begin(Service backEnd, Trouble trouble) throws Exception {
        switch (trouble) {
            case KILLED -> cluster.process(backEnd).kill();
            case STOPPED -> {
                signal(backEnd, "STOP");
                awaitStopped(backEnd);
            }
            case SLOW -> proxy(backEnd).be(new Fault.Slow(Duration.ofSeconds(2)));
            case BLACK_HOLE -> proxy(backEnd).be(new Fault.BlackHole());
            case RESET -> proxy(backEnd).be(new Fault.Reset());
        }
    }

    private void end(Service backEnd, Trouble trouble) throws Exception {
        switch (trouble) {
            case KILLED -> cluster.restart(backEnd);
            case STOPPED -> signal(backEnd, "CONT");
            case SLOW, BLACK_HOLE, RESET -> proxy(backEnd).be(new Fault.None());
        }
    }

    /** Several at once, twice each; fails if one has no answer before its deadline. */
    private List<RecommendResponse> slatesOfAllClients() throws Exception {
        List<Future<List<RecommendResponse>>> asked = IntStream.range(0, CLIENTS)
                .mapToObj(user -> clients.submit(() -> List.of(recommend(user), recommend(user))))
                .toList();
        List<RecommendResponse> slates = new ArrayList<>();
        for (Future<List<RecommendResponse>> each : asked) {
            slates.addAll(each.get());
        }
        return slates;
    }

    private void assertReplaced(Service backEnd, RecommendResponse slate) {
        assertEquals(PAGE, slate.getItemsCount(), slate::toString);
        assertRulesHold(slate);
        assertFalse(slate.getRungReason().isBlank(), slate::toString);
        int rung = slate.getRungValue();
        int expected = Objects.requireNonNull(RUNGS.get(backEnd)).getNumber();
        assertTrue(rung >= expected, slate::toString);
        if (rung == expected) {
            assertNamed(backEnd, slate);
        } // else a busy machine made a stage before it late, too
    }

    private void assertNamed(Service backEnd, RecommendResponse slate) {
        List<Degradation> lost = slate.getDegradationsList().stream()
                .filter(degradation -> degradation.getStage() == STAGES.get(backEnd))
                .toList();
        assertFalse(lost.isEmpty(), slate::toString);
        assertTrue(LOST.contains(lost.getFirst().getKind()), slate::toString);
        assertFalse(lost.getFirst().getCause().isBlank(), slate::toString);
        assertFalse(lost.getFirst().getServedInstead().isBlank(), slate::toString);
    }

    private void assertRulesHold(RecommendResponse slate) {
        Set<String> seen = new HashSet<>();
        for (RecommendedItem item : slate.getItemsList()) {
            assertTrue(seen.add(item.getItemId()), "twice: " + item);
            assertEquals(LANGUAGE, funnel.language(item.getItemId()), item::toString);
            assertFalse(excluded().contains(item.getItemId()), item::toString);
        }
    }

    /** Waits until every client gets a slate that lacks nothing; each of them is then its last good one. */
    private void awaitFullSlates() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        for (int user = 0; user < CLIENTS; user++) {
            String last = "";
            while (!"RUNG_FULL".equals(last)) {
                assertTrue(System.nanoTime() < end, "still not a full slate: " + last);
                last = rungOnceWarm(user);
            }
        }
    }

    /** Processes that have only just started may be too cold to answer before the deadline. */
    private String rungOnceWarm(int user) {
        try {
            RecommendResponse slate = recommend(user);
            assertRulesHold(slate);
            return slate.getRung() == Rung.RUNG_FULL ? "RUNG_FULL" : slate.toString();
        } catch (StatusRuntimeException e) {
            assertEquals(Status.Code.DEADLINE_EXCEEDED, e.getStatus().getCode(), e::toString);
            return e.toString();
        }
    }

    /** Fails if there is no answer before the deadline. */
    private RecommendResponse recommend(int user) {
        Query query = funnel.request(asked ->
                        asked.setUserId(funnel.world().userId(2 + user)).addAllExcludeItemIds(excluded()))
                .getQuery();
        return RecommendationServiceGrpc.newBlockingStub(client.channel())
                .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                .recommend(RecommendRequest.newBuilder()
                        .setQuery(query)
                        .setPageSize(PAGE)
                        .build());
    }

    private List<String> excluded() {
        return IntStream.range(0, 3)
                .mapToObj(item -> funnel.world().itemId(item))
                .toList();
    }

    private FaultProxy proxy(Service backEnd) {
        return Objects.requireNonNull(proxies.get(backEnd));
    }

    private void signal(Service backEnd, String name) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, processId(backEnd))
                        .start()
                        .waitFor());
    }

    /** A process goes on for a moment after the signal, until each of its threads has seen it. */
    private void awaitStopped(Service backEnd) throws Exception {
        String state = "";
        while (!state.startsWith("T")) {
            Process asked = new ProcessBuilder("ps", "-o", "state=", "-p", processId(backEnd)).start();
            state = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertEquals(0, asked.waitFor(), "the process has ended");
        }
    }

    private String processId(Service backEnd) {
        return String.valueOf(
                Objects.requireNonNull(cluster.process(backEnd).handle()).pid());
    }
}
