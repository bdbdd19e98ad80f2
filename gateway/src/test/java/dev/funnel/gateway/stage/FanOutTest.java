package dev.funnel.gateway.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.grpc.VirtualThreads;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.Nomination;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.StageReport;
import dev.funnel.runtime.wire.TraceVerdict;
import dev.funnel.runtime.wire.UserState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FanOutTest {
    private static final RetrieveCall CALL = new RetrieveCall(
            UserState.NEW_VISITOR,
            Query.NOTHING,
            BundleRef.NEWEST,
            ShardedCatalogue.UNSHARDED,
            List.of(),
            List.of(),
            List.of(),
            1,
            List.of(),
            false);

    private final VirtualThreads threads = new VirtualThreads();

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void an_item_of_several_pools_stands_once_with_every_nomination_and_its_best_calibrated_score() {
        Candidates pool = merged(Map.of(
                "als", retrieved(List.of("a", "b"), new float[] {.5f, .3f}, "als", 0, 1),
                "new", retrieved(List.of("c", "a"), new float[] {.4f, .7f}, "new", 1, 0)));
        assertEquals(List.of("a", "b", "c"), pool.itemIds());
        assertArrayEquals(new float[] {.7f, .3f, .4f}, pool.calibratedScores());
        assertArrayEquals(new int[] {0, 1}, nomination(pool, "als").positions());
        assertArrayEquals(new int[] {0, 2}, nomination(pool, "new").positions());
        assertArrayEquals(new float[] {10, 9}, nomination(pool, "new").scores());
    }

    @Test
    void one_pool_without_calibrated_scores_leaves_the_merged_one_without() {
        Candidates pool = merged(Map.of(
                "als", retrieved(List.of("a"), new float[] {.5f}, "als", 0),
                "new", retrieved(List.of("b"), new float[0], "new", 0)));
        assertEquals(0, pool.calibratedScores().length);
        assertEquals(2, pool.size());
    }

    @Test
    void a_merged_pool_keeps_the_bound_of_candidates_and_its_positions_stay_inside() {
        List<String> many = IntStream.range(0, 9_000).mapToObj(i -> "x" + i).toList();
        List<String> more =
                IntStream.range(5_000, 14_000).mapToObj(i -> "x" + i).toList();
        Candidates pool = merged(Map.of(
                "als",
                        retrieved(
                                many,
                                new float[9_000],
                                "als",
                                IntStream.range(0, 9_000).toArray()),
                "new",
                        retrieved(
                                more,
                                new float[9_000],
                                "new",
                                IntStream.range(0, 9_000).toArray())));
        assertEquals(10_000, pool.size());
        assertEquals(10_000, pool.calibratedScores().length);
        assertEquals(5_000, nomination(pool, "new").size(), "4,000 that both have and 1,000 more");
        for (int position : nomination(pool, "new").positions()) {
            assertTrue(position >= 5_000 && position < 10_000, () -> "position " + position);
        }
    }

    @Test
    void all_groups_are_asked_at_once() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        CandidateStage waitsForTheOther = (call, until) -> {
            both.countDown();
            try {
                both.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return StageOutcome.answered(retrieved(List.of("a"), new float[] {1}, "als", 0));
        };
        new FanOut(waitsForTheOther, threads)
                .retrieve(CALL, groups(), Enough.ALL, Deadline.after(Duration.ofSeconds(20)));
        assertEquals(0, both.getCount());
    }

    @Test
    void a_group_that_is_absent_costs_its_generators_only() {
        StageOutcome<Retrieved> outcome =
                fanOut(call -> call.generators().getFirst().name().equals("als")
                        ? StageOutcome.late("too slow")
                        : StageOutcome.answered(retrieved(List.of("a"), new float[] {1}, "new", 0)));
        assertInstanceOf(StageOutcome.Degraded.class, outcome);
        Retrieved retrieved = outcome.answer().orElseThrow();
        assertEquals(List.of("a"), retrieved.candidates().itemIds());
        assertEquals(DegradationKind.LATE, retrieved.degradations().getFirst().kind());
        assertEquals("als", retrieved.degradations().getFirst().component());
    }

    @Test
    void a_version_that_one_group_lacks_is_missing_though_the_others_answer() {
        StageOutcome<Retrieved> outcome =
                fanOut(call -> call.generators().getFirst().name().equals("als")
                        ? new StageOutcome.Absent<>(DegradationKind.VERSION_MISSING, "not held")
                        : StageOutcome.answered(retrieved(List.of("a"), new float[] {1}, "new", 0)));
        assertTrue(outcome.versionMissing(), "another version may have all groups' candidates");
        assertEquals(1, outcome.answer().orElseThrow().candidates().size(), "or none has");
    }

    @Test
    void when_all_groups_are_absent_so_are_the_candidates() {
        assertInstanceOf(StageOutcome.Absent.class, fanOut(call -> StageOutcome.failed("down")));
    }

    @Test
    void when_all_groups_are_absent_a_fault_of_configuration_is_not_hidden_by_one_that_was_late() {
        StageOutcome<Retrieved> outcome =
                fanOut(call -> call.generators().getFirst().name().equals("als")
                        ? StageOutcome.late("too slow")
                        : new StageOutcome.Absent<>(DegradationKind.MISCONFIGURED, "wrong key"));
        assertEquals(new StageOutcome.Absent<>(DegradationKind.MISCONFIGURED, "wrong key"), outcome);
    }

    @Test
    void once_the_minimum_set_has_answered_the_others_are_waited_for_a_little_and_then_named() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Enough als = new Enough(Set.of("als"), 0, Duration.ofMillis(1));
        Retrieved retrieved = slowNew(interrupted, als).answer().orElseThrow();
        assertEquals(List.of("a"), retrieved.candidates().itemIds());
        Degradation late = retrieved.degradations().getFirst();
        assertEquals(DegradationKind.LATE, late.kind());
        assertEquals("new", late.component());
        assertEquals("no answer within 1 ms of the minimum set", late.cause());
        assertTrue(interrupted.await(10, TimeUnit.SECONDS), "the call that is not waited for is given up");
    }

    @Test
    void a_count_of_generators_is_a_minimum_set_too() {
        Enough any = new Enough(Set.of(), 1, Duration.ofMillis(1));
        assertEquals(
                1,
                slowNew(new CountDownLatch(1), any)
                        .answer()
                        .orElseThrow()
                        .degradations()
                        .size());
    }

    @Test
    void a_minimum_set_that_has_not_answered_is_waited_for_to_the_end_of_the_slice() {
        Enough neverReached = new Enough(Set.of("new"), 0, Duration.ZERO);
        Retrieved retrieved = new FanOut((call, until) -> answerOrWait(call, new CountDownLatch(1)), threads)
                .retrieve(CALL, groups(), neverReached, Deadline.after(Duration.ofMillis(50)))
                .answer()
                .orElseThrow();
        assertEquals(
                "no answer in its slice of the deadline",
                retrieved.degradations().getFirst().cause());
    }

    @Test
    void a_generator_that_failed_inside_its_group_has_not_answered() {
        Degradation failed = new Degradation(Stage.CANDIDATES, DegradationKind.FAILED, "als", "broken", "");
        Retrieved without = new Retrieved(Candidates.NONE, List.of(failed), report(0), List.of());
        List<GeneratorRequest> asked = List.of(new GeneratorRequest("als", 1), new GeneratorRequest("new", 1));
        assertEquals(Set.of("new"), Enough.answered(asked, StageOutcome.answered(without)));
        assertEquals(Set.of(), Enough.answered(asked, StageOutcome.failed("down")));
    }

    private StageOutcome<Retrieved> slowNew(CountDownLatch interrupted, Enough enough) {
        return new FanOut((call, until) -> answerOrWait(call, interrupted), threads)
                .retrieve(CALL, groups(), enough, Deadline.after(Duration.ofSeconds(20)));
    }

    /** Als answers at once, new only when it is given up. */
    private static StageOutcome<Retrieved> answerOrWait(RetrieveCall call, CountDownLatch interrupted) {
        if (call.generators().getFirst().name().equals("als")) {
            return StageOutcome.answered(retrieved(List.of("a"), new float[] {1}, "als", 0));
        }
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
        return StageOutcome.failed("given up");
    }

    @Test
    void of_what_the_pools_say_of_an_item_the_furthest_counts() {
        ItemTrace never = new ItemTrace("a", Stage.CANDIDATES, TraceVerdict.NOT_NOMINATED, "", "", 0, 0);
        ItemTrace passed = new ItemTrace("a", Stage.CANDIDATES, TraceVerdict.PASSED, "new", "", 1, 1);
        Retrieved merged = PoolMerge.merge(List.of(traced(never), traced(passed), traced(never)), List.of());
        assertEquals(List.of(passed), merged.traces());
    }

    private interface Answering {
        StageOutcome<Retrieved> answer(RetrieveCall call);
    }

    private StageOutcome<Retrieved> fanOut(Answering stage) {
        return new FanOut((call, until) -> stage.answer(call), threads)
                .retrieve(CALL, groups(), Enough.ALL, Deadline.after(Duration.ofSeconds(20)));
    }

    private Candidates merged(Map<String, Retrieved> byGenerator) {
        return fanOut(call -> StageOutcome.answered(Objects.requireNonNull(
                        byGenerator.get(call.generators().getFirst().name()))))
                .answer()
                .orElseThrow()
                .candidates();
    }

    private static List<List<GeneratorRequest>> groups() {
        return List.of(List.of(new GeneratorRequest("als", 10)), List.of(new GeneratorRequest("new", 10)));
    }

    private static Nomination nomination(Candidates pool, String generator) {
        return pool.nominations().stream()
                .filter(each -> each.generator().equals(generator))
                .findFirst()
                .orElseThrow();
    }

    private static Retrieved retrieved(List<String> items, float[] calibrated, String generator, int... positions) {
        float[] scores = new float[positions.length];
        for (int rank = 0; rank < scores.length; rank++) {
            scores[rank] = 10 - rank;
        }
        Nomination nomination = new Nomination(generator, positions, scores, new float[0], new float[0]);
        return new Retrieved(
                new Candidates(items, List.of(nomination), calibrated), List.of(), report(items.size()), List.of());
    }

    private static Retrieved traced(ItemTrace trace) {
        return new Retrieved(Candidates.NONE, List.of(), report(0), new ArrayList<>(List.of(trace)));
    }

    private static StageReport report(int out) {
        return new StageReport(Stage.CANDIDATES, 0, out, Duration.ZERO, List.of());
    }
}
