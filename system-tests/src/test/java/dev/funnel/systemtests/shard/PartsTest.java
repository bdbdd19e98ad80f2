package dev.funnel.systemtests.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.ItemShards;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.gateway.stage.GeneratorRequest;
import dev.funnel.gateway.stage.RetrieveCall;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.Nomination;
import dev.funnel.runtime.wire.TraceVerdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several processes find together is, bit for bit, what one finds alone: on the wire, over one bundle of five shards. */
@Timeout(120)
class PartsTest {
    private static final int SHARDS = 5;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path root;

    @SuppressWarnings("NullAway.Init")
    private static Bundle bundle;

    @BeforeAll
    static void publish() throws Exception {
        bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publishSharded(root, SHARDS)));
    }

    @AfterAll
    static void close() {
        bundle.close();
    }

    private static Retrieved retrieve(Parts parts, RetrieveCall call) {
        StageOutcome<Retrieved> outcome = parts.together().retrieve(call, Deadline.after(Duration.ofSeconds(20)));
        return outcome.answer().orElseThrow(() -> new AssertionError(outcome.toString()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 7})
    void several_parts_find_what_one_finds(int count) {
        try (Parts alone = new Parts(root, 1);
                Parts several = new Parts(root, count)) {
            for (RetrieveCall call : Questions.all(bundle)) {
                assertSame(retrieve(alone, call), retrieve(several, call), call);
            }
        }
    }

    private static void assertSame(Retrieved one, Retrieved other, RetrieveCall call) {
        String why = call.user().userId() + " " + call.query().seedItemId() + " " + call.generators();
        assertEquals(one.candidates().itemIds(), other.candidates().itemIds(), why);
        assertArrayEquals(
                one.candidates().calibratedScores(), other.candidates().calibratedScores(), why);
        assertEquals(
                one.candidates().nominations().size(),
                other.candidates().nominations().size());
        for (int i = 0; i < one.candidates().nominations().size(); i++) {
            Nomination a = one.candidates().nominations().get(i);
            Nomination b = other.candidates().nominations().get(i);
            assertEquals(a.generator(), b.generator());
            assertArrayEquals(a.positions(), b.positions(), why);
            assertArrayEquals(a.scores(), b.scores(), why);
            assertArrayEquals(a.calibrated(), b.calibrated(), why);
            assertArrayEquals(a.poolScores(), b.poolScores(), why);
            assertEquals(a.origin(), b.origin());
        }
        assertEquals(one.degradations(), other.degradations());
        assertEquals(verdicts(one), verdicts(other), why);
    }

    private static List<String> verdicts(Retrieved retrieved) {
        return retrieved.traces().stream()
                .map(trace -> trace.itemId() + " " + trace.verdict() + " " + trace.component() + " " + trace.score()
                        + " " + trace.place() + (trace.verdict() == TraceVerdict.PASSED ? trace.detail() : ""))
                .toList();
    }

    @Test
    void the_questions_meet_what_they_are_to_meet() {
        try (Parts alone = new Parts(root, 1)) {
            List<Retrieved> answers = Questions.all(bundle).stream()
                    .map(call -> retrieve(alone, call))
                    .toList();
            assertTrue(answers.stream()
                            .filter(answer -> answer.candidates().size() > 3)
                            .count()
                    > answers.size() / 2);
            Set<TraceVerdict> verdicts = new HashSet<>();
            answers.forEach(answer -> answer.traces().forEach(trace -> verdicts.add(trace.verdict())));
            assertEquals(
                    Set.of(
                            TraceVerdict.PASSED,
                            TraceVerdict.NOT_NOMINATED,
                            TraceVerdict.REMOVED,
                            TraceVerdict.UNKNOWN_ITEM),
                    verdicts);
        }
    }

    @Test
    void a_part_that_is_gone_is_a_degradation_and_the_others_items_are_served() {
        try (Parts alone = new Parts(root, 1);
                Parts several = new Parts(root, 3)) {
            RetrieveCall call = Questions.of(bundle, 3, "", List.of(new GeneratorRequest("popular", 60)));
            several.stop(1);
            Retrieved rest = retrieve(several, call);
            Degradation lost = rest.degradations().getFirst();
            assertEquals(DegradationKind.SHARD_MISSING, lost.kind());
            assertEquals("part 1 of 3", lost.component());
            assertEquals(1, rest.degradations().size());
            List<String> served = retrieve(alone, call).candidates().itemIds().stream()
                    .filter(id -> ItemShards.of(id, SHARDS) % 3 != 1)
                    .toList();
            assertFalse(served.isEmpty());
            assertEquals(served, rest.candidates().itemIds());
            several.stop(0);
            several.stop(2);
            assertInstanceOf(
                    StageOutcome.Absent.class,
                    several.together().retrieve(call, Deadline.after(Duration.ofSeconds(5))));
        }
    }

    @Test
    void an_item_of_a_part_that_is_gone_cannot_be_traced_and_the_others_can() {
        try (Parts several = new Parts(root, 2)) {
            RetrieveCall call = Questions.of(bundle, 3, "", List.of(new GeneratorRequest("popular", 5)));
            several.stop(1);
            for (ItemTrace trace : retrieve(several, call).traces()) {
                boolean gone =
                        bundle.items().indexOf(trace.itemId()) >= 0 && ItemShards.of(trace.itemId(), SHARDS) % 2 == 1;
                assertEquals(gone, trace.verdict() == TraceVerdict.UNKNOWN, trace.toString());
            }
        }
    }

    @Test
    void a_process_that_is_not_the_part_it_is_taken_for_is_found_out() {
        try (Parts several = new Parts(root, 3)) {
            RetrieveCall call = Questions.of(bundle, 3, "", List.of(new GeneratorRequest("popular", 60)));
            Retrieved answer = several.misplaced()
                    .retrieve(call, Deadline.after(Duration.ofSeconds(20)))
                    .answer()
                    .orElseThrow();
            assertTrue(answer.degradations().stream()
                    .anyMatch(each -> each.kind() == DegradationKind.SHARD_MISSING
                            && each.component().startsWith("shard-")));
        }
    }
}
