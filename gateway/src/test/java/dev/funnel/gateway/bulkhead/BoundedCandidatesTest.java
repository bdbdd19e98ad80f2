package dev.funnel.gateway.bulkhead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.funnel.gateway.stage.GeneratorRequest;
import dev.funnel.gateway.stage.RetrieveCall;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.ShardedCatalogue;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BoundedCandidatesTest {
    private static final Deadline LATER = Deadline.after(Duration.ofMinutes(1));
    private static final DegradationKind SHED = DegradationKind.SHED;

    private final List<RetrieveCall> asked = new ArrayList<>();

    private static RetrieveCall call(String... generators) {
        return new RetrieveCall(
                UserState.NEW_VISITOR,
                Query.NOTHING,
                BundleRef.NEWEST,
                ShardedCatalogue.UNSHARDED,
                List.of(),
                Stream.of(generators).map(name -> new GeneratorRequest(name, 0)).toList(),
                List.of(),
                1,
                List.of(),
                false);
    }

    /** What becomes of one call while another is under way. */
    private StageOutcome<Retrieved> during(
            RetrieveCall first, RetrieveCall second, int bound, Map<String, Integer> by) {
        BoundedCandidates[] bounded = new BoundedCandidates[1];
        List<StageOutcome<Retrieved>> seconds = new ArrayList<>();
        bounded[0] = new BoundedCandidates(
                (call, until) -> {
                    asked.add(call);
                    if (asked.size() == 1) {
                        seconds.add(bounded[0].retrieve(second, until));
                    }
                    return new StageOutcome.Skipped<>();
                },
                bound,
                by);
        assertInstanceOf(StageOutcome.Skipped.class, bounded[0].retrieve(first, LATER));
        assertInstanceOf(
                StageOutcome.Skipped.class, bounded[0].retrieve(second, LATER), "a place is given back with its call");
        return seconds.getFirst();
    }

    private static void assertShed(String cause, StageOutcome<Retrieved> outcome) {
        assertEquals(new StageOutcome.Absent<Retrieved>(SHED, cause), outcome);
    }

    @Test
    void beyond_the_bound_of_all_a_call_is_shed() {
        assertShed(
                "1 calls of candidate generation are under way, which is the bound",
                during(call("als"), call("covisit"), 1, Map.of()));
        assertEquals(2, asked.size());
    }

    @Test
    void beyond_the_bound_of_a_generator_only_calls_that_ask_it_are_shed() {
        String cause = "1 calls of generator als are under way, which is the bound";
        assertShed(cause, during(call("als", "popular"), call("covisit", "als"), 9, Map.of("als", 1)));
        asked.clear();
        assertInstanceOf(
                StageOutcome.Skipped.class, during(call("als"), call("covisit"), 9, Map.of("als", 1)), "another group");
    }

    @Test
    void a_call_that_names_no_generator_asks_all() {
        assertShed(
                "1 calls of generator als are under way, which is the bound",
                during(call(), call("als"), 9, Map.of("als", 1, "covisit", 1)));
    }
}
