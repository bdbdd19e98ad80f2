package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.funnel.reranker.rule.Policy;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.TraceVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What re-ranking tells of every candidate of a request that asks about all of them, for tests of rules. */
public final class Traced {
    private static final Policy NOTHING = new Policy(List.of(), List.of(), List.of());

    private final Policy policy;
    private final RerankInput input;
    private final int size;

    /**
     * @param policy with one rule
     * @param size of the slate
     */
    public Traced(Policy policy, RerankInput input, int size) {
        this.policy = policy;
        this.input = input;
        this.size = size;
    }

    /** The traces of all candidates, by position. */
    public List<ItemTrace> all() {
        return traces(policy);
    }

    /**
     * Checks that each item which the policy's rule, not the score, keeps out of the slate is told so.
     *
     * @return how many there are
     */
    public int pushedOutBy(String rule) {
        Set<String> withoutRule = traces(NOTHING).stream()
                .filter(trace -> trace.verdict() == TraceVerdict.PASSED)
                .map(ItemTrace::itemId)
                .collect(Collectors.toSet());
        List<ItemTrace> pushedOut = all().stream()
                .filter(trace -> withoutRule.contains(trace.itemId()) && trace.verdict() != TraceVerdict.PASSED)
                .toList();
        pushedOut.forEach(trace -> assertSaid(trace, TraceVerdict.OUTRANKED, rule));
        return pushedOut.size();
    }

    /** Checks that a trace names re-ranking, the rule and a reason. */
    public static void assertSaid(ItemTrace trace, TraceVerdict verdict, String rule) {
        assertEquals(Stage.RERANKING, trace.stage(), trace::toString);
        assertEquals(verdict, trace.verdict(), trace::toString);
        assertEquals(rule, trace.component(), trace::toString);
        assertFalse(trace.detail().isBlank(), trace::toString);
    }

    private List<ItemTrace> traces(Policy by) {
        List<String> ids = IntStream.range(0, input.pool().size())
                .mapToObj(input.pool()::id)
                .toList();
        SlateRequest request = new SlateRequest(size, List.of(), ids, false);
        return new Reranker(Ticker.SYSTEM)
                .rerank(by, input, request, Deadline.after(Duration.ofMinutes(5)))
                .traces();
    }
}
