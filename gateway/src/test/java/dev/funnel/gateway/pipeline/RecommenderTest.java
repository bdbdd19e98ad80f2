package dev.funnel.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.gateway.effort.Efforts;
import dev.funnel.gateway.ladder.Ladder;
import dev.funnel.gateway.ladder.LastGoodSlates;
import dev.funnel.gateway.ladder.Rung;
import dev.funnel.gateway.page.PagePosition;
import dev.funnel.gateway.page.PageTokens;
import dev.funnel.gateway.snapshot.GatewaySnapshot;
import dev.funnel.gateway.snapshot.VersionPin;
import dev.funnel.gateway.stage.FanOut;
import dev.funnel.gateway.stage.RerankCall;
import dev.funnel.gateway.stage.Reranked;
import dev.funnel.gateway.stage.RetrieveCall;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.bundle.BundleWatcher;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.grpc.VirtualThreads;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.Interactions;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.StageReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the versions there are a request runs on, and how often it runs. */
class RecommenderTest {
    private static final BundleVersion GONE = new BundleVersion("20250101000000000-000000000001");

    @TempDir
    Path folder;

    private final VirtualThreads threads = new VirtualThreads();
    private final Pipeline home = Pipeline.of(
            "home",
            ConfigurationFile.parse(PipelineConfiguration.class, "test", "{ranking: off, deadline_cap: 1m}", Map.of()));

    private Instant now = SmallBundle.NOW;
    private final PageTokens tokens = new PageTokens(PageTokens.randomKey(), Duration.ofHours(1), () -> now);

    /** The versions each run was asked to be on, in that order. */
    private final List<String> runs = new ArrayList<>();

    private Function<RetrieveCall, StageOutcome<Retrieved>> candidates = call -> StageOutcome.answered(nominated());
    private Function<RerankCall, StageOutcome<Reranked>> reranker = call -> StageOutcome.answered(slate());
    private final List<BundleVersion> retiredUnseen = new ArrayList<>();

    private BundleVersion old;
    private BundleVersion fresh;
    private BundleWatcher<GatewaySnapshot> watcher;
    private VersionPin pin;
    private Recommender recommender;

    @BeforeEach
    void start() throws Exception {
        old = SmallBundle.publish(folder);
        fresh = SmallBundle.publish(folder, 7);
        BundleSettings settings = new BundleSettings(folder, SmallBundle.NAME, Duration.ofSeconds(1));
        Snapshots<GatewaySnapshot> snapshots = new Snapshots<>(settings);
        watcher = new BundleWatcher<>(
                settings,
                GatewaySnapshot::of,
                snapshots,
                version -> {},
                () -> {},
                Metrics.off(),
                InstantSource.system());
        watcher.lookNow(Deadline.after(Duration.ofSeconds(20)));
        assertEquals(List.of(fresh, old), snapshots.held());
        pin = new VersionPin(() -> seen(snapshots), Map.of(Stage.RERANKING, List.of(() -> Map.of())), Metrics.off());
        recommender = new Recommender(
                snapshots,
                pin,
                new Funnel(
                        new FanOut((call, until) -> retrieve(call), threads),
                        (call, until) -> StageOutcome.failed("it is not asked"),
                        (call, until) -> reranker.apply(call),
                        new Ladder(new LastGoodSlates(0, Duration.ofMinutes(1), System::nanoTime, Metrics.off())),
                        Misconfigured.FAIL,
                        Metrics.off()),
                tokens,
                () -> now,
                new Efforts(Map.of("home", home.settings().effort()), Ticker.SYSTEM, Metrics.off()),
                Metrics.off());
    }

    @AfterEach
    void stop() {
        pin.close();
        watcher.close();
        threads.close();
    }

    @Test
    void a_fault_of_configuration_is_no_reason_to_run_again() {
        reranker = call -> new StageOutcome.Absent<>(DegradationKind.MISCONFIGURED, "no such policy");
        PreconditionFailed failure = assertThrows(PreconditionFailed.class, () -> run(""));
        assertEquals(Misconfigurations.REASON, failure.reason());
        assertEquals(List.of(fresh.value()), runs);
    }

    @Test
    void a_version_that_a_stage_refuses_is_run_once_more_on_another() {
        reranker = this::refusingFresh;
        Course course = run("");
        assertEquals(List.of(fresh.value(), old.value()), runs);
        assertEquals(old.value(), course.turn().bundle().version());
        assertEquals(Rung.FULL, course.footing().rung());
    }

    @Test
    void the_first_slate_is_kept_if_the_second_ends_lower_on_the_ladder() {
        reranker = this::refusingFresh;
        candidates = call -> call.bundle().version().equals(fresh.value())
                ? StageOutcome.answered(nominated())
                : StageOutcome.late("no time was left to ask");
        Course course = run("");
        assertEquals(List.of(fresh.value(), old.value()), runs);
        assertEquals(fresh.value(), course.turn().bundle().version());
        assertEquals(Rung.NO_RERANKING, course.footing().rung());
    }

    @Test
    void a_version_retired_between_the_choice_and_the_hold_costs_nothing() {
        retiredUnseen.add(GONE);
        Course course = run("");
        assertEquals(List.of(fresh.value()), runs);
        assertEquals(List.of(), course.turn().losses());
    }

    @Test
    void a_page_whose_version_is_retired_between_the_look_and_the_hold_is_lost_and_the_answer_says_so() {
        String token = pageTwo();
        retiredUnseen.add(GONE);
        Course course = run(token);
        assertEquals(0, course.turn().shown(), "page one");
        assertEquals(
                List.of(new Degradation(
                        Stage.GATEWAY,
                        DegradationKind.VERSION_MISSING,
                        "page-token",
                        "bundle version " + GONE + " is no longer held",
                        "page one anew")),
                course.turn().losses());
    }

    @Test
    void a_page_token_that_had_expired_anyway_is_lost_only_once() {
        String token = pageTwo();
        now = now.plus(Duration.ofHours(2));
        retiredUnseen.add(GONE);
        List<Degradation> losses = run(token).turn().losses();
        assertEquals(1, losses.size(), losses::toString);
        assertEquals(DegradationKind.FAILED, losses.getFirst().kind());
    }

    private Course run(String token) {
        Query query = new Query("ann", Interactions.NONE, "", Context.UNKNOWN, List.of(), null);
        return recommender.run(
                new Request(
                        query,
                        home,
                        2,
                        token,
                        false,
                        List.of(),
                        List.of(),
                        Deadline.after(Duration.ofSeconds(20)),
                        Ticker.SYSTEM.nanos()),
                course -> course);
    }

    /** The token of a page two whose page one was of {@link #GONE}. */
    private String pageTwo() {
        long question = PageTokens.fingerprint("ann", "", "home");
        return tokens.seal(new PagePosition(GONE, "home", question, 1, now, new int[] {3, 4}));
    }

    /** What is held; when first asked, with what is retired right after. */
    private List<BundleVersion> seen(Snapshots<GatewaySnapshot> snapshots) {
        List<BundleVersion> seen = new ArrayList<>(retiredUnseen);
        retiredUnseen.clear();
        seen.addAll(snapshots.held());
        return seen;
    }

    private StageOutcome<Retrieved> retrieve(RetrieveCall call) {
        runs.add(call.bundle().version());
        return candidates.apply(call);
    }

    private StageOutcome<Reranked> refusingFresh(RerankCall call) {
        return call.bundle().version().equals(fresh.value())
                ? new StageOutcome.Absent<>(DegradationKind.VERSION_MISSING, "not held")
                : StageOutcome.answered(slate());
    }

    private static Retrieved nominated() {
        Candidates pool = new Candidates(List.of("item-10", "item-11"), List.of(), new float[] {2, 1});
        return new Retrieved(pool, List.of(), report(Stage.CANDIDATES), List.of());
    }

    private static Reranked slate() {
        List<Reranked.Place> places =
                List.of(new Reranked.Place(1, 2, 0, "", List.of()), new Reranked.Place(0, 1, 0, "", List.of()));
        return new Reranked(places, List.of(), Map.of(), "default", "0", List.of(), report(Stage.RERANKING), List.of());
    }

    private static StageReport report(Stage stage) {
        return new StageReport(stage, 2, 2, Duration.ZERO, List.of());
    }
}
