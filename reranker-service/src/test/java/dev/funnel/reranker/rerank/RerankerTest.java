package dev.funnel.reranker.rerank;

import static dev.funnel.reranker.rule.Request.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.Operand;
import dev.funnel.reranker.rerank.Reranked.Effect;
import dev.funnel.reranker.rerank.Reranked.Removal;
import dev.funnel.reranker.rerank.Reranked.RemovalCount;
import dev.funnel.reranker.rule.Boost;
import dev.funnel.reranker.rule.Catalogue;
import dev.funnel.reranker.rule.Disliked;
import dev.funnel.reranker.rule.Expired;
import dev.funnel.reranker.rule.Explore;
import dev.funnel.reranker.rule.Freshness;
import dev.funnel.reranker.rule.MaxPerKey;
import dev.funnel.reranker.rule.Mmr;
import dev.funnel.reranker.rule.Pin;
import dev.funnel.reranker.rule.Policy;
import dev.funnel.reranker.rule.Request;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.rule.Watched;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.ExpressionFilter;
import dev.funnel.runtime.wire.InteractionKind;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.StrictRule;
import dev.funnel.runtime.wire.TraceVerdict;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RerankerTest {
    private static final Deadline FAR = Deadline.after(Duration.ofMinutes(5));
    private static final Policy NOTHING = new Policy(List.of(), List.of(), List.of());
    private static final Policy EVERYTHING = new Policy(
            List.of(
                    new Expired("expired", false),
                    new Disliked("disliked", false),
                    new Watched("watched", true, Duration.ofDays(30), 0)),
            List.of(
                    new Freshness("freshness", Duration.ofDays(3), 0.5, Freshness.Shape.EXPONENTIAL, "published_at"),
                    new Explore("explore", 0.2)),
            List.of(new MaxPerKey("spacing", true, "uploader", 2, 5), new Mmr("mmr", 0.7, 0.7, 0.3, 0, 20)));

    private final Reranker reranker = new Reranker(Ticker.SYSTEM);

    @Test
    void the_order_of_arrival_changes_nothing() {
        for (long seed = 0; seed < 20; seed++) {
            Catalogue catalogue = Catalogue.random(60, 8, seed);
            RerankerSnapshot snapshot = catalogue.snapshot();
            RerankInput one =
                    Request.random(catalogue, snapshot, seed, new Random(1)).input();
            RerankInput other =
                    Request.random(catalogue, snapshot, seed, new Random(2)).input();
            assertNotEquals(
                    one.pool().id(0) + one.pool().id(1),
                    other.pool().id(0) + other.pool().id(1));
            assertEquals(slate(EVERYTHING, one, 20), slate(EVERYTHING, other, 20), "seed " + seed);
        }
    }

    @Test
    void the_same_seed_gives_the_same_slate_and_another_seed_another() {
        Request request = new Request(Catalogue.random(60, 8, 5));
        Random scores = new Random(6);
        for (int i = 0; i < 60; i++) {
            request.candidate("v%03d".formatted(i), 10 + scores.nextFloat());
        }
        List<String> first = slate(EVERYTHING, request.seed(1).input(), 20);
        assertEquals(first, slate(EVERYTHING, request.seed(1).input(), 20));
        assertNotEquals(first, slate(EVERYTHING, request.seed(2).input(), 20));
    }

    @Test
    void what_the_request_forbids_is_not_shown_whatever_the_policy() {
        Request request = fourItems()
                .candidate("ghost", 99)
                .excluded("a")
                .filter(new ItemPredicate.Not(new ItemPredicate.Equal("uploader", new Operand.Text("b"))));
        StrictRule notC = new StrictRule("not_c", new ItemPredicate.Not(equal("c")));
        Reranked reranked = rerank(NOTHING, request.input(), new SlateRequest(4, List.of(notC), List.of(), true));
        assertEquals(List.of("d"), ids(request.input(), reranked));
        assertEquals(
                List.of(
                        new RemovalCount("unknown_item", 1),
                        new RemovalCount("excluded", 1),
                        new RemovalCount("query_filter", 1),
                        new RemovalCount("not_c", 1)),
                reranked.removalCounts());
        assertEquals(
                List.of("excluded", "query_filter", "not_c", "unknown_item"),
                reranked.removals().stream().map(Removal::rule).toList());
    }

    @Test
    void a_slate_that_is_short_says_so() {
        Reranked reranked = rerank(NOTHING, fourItems().input(), new SlateRequest(5, List.of(), List.of(), false));
        assertEquals(
                List.of(DegradationKind.SHORT_SLATE),
                reranked.degradations().stream().map(Degradation::kind).toList());
    }

    @Test
    void a_preferred_filter_that_gives_way_is_named_and_a_strict_one_holds() {
        Policy policy = new Policy(
                List.of(new Watched("watched", true, Duration.ofDays(30), 0), new Disliked("disliked", false)),
                List.of(),
                List.of());
        Request request = fourItems()
                .recent("a", InteractionKind.WATCH, NOW)
                .recent("b", InteractionKind.WATCH, NOW)
                .recent("c", InteractionKind.WATCH, NOW)
                .disliked("a");
        Reranked reranked = rerank(policy, request.input(), new SlateRequest(3, List.of(), List.of(), true));
        assertEquals(List.of("b", "c", "d"), ids(request.input(), reranked));
        assertEquals(List.of("watched"), reranked.relaxedRules());
        Degradation degradation = reranked.degradations().getFirst();
        assertEquals(DegradationKind.RELAXED_RULE, degradation.kind());
        assertEquals("watched", degradation.component());
        assertEquals(
                List.of(new Effect("watched", 0, "gave way: watched 0 s ago")),
                reranked.slate().getFirst().effects());
    }

    @Test
    void explained_score_changes_add_up_to_the_score() {
        Policy policy = new Policy(
                List.of(),
                List.of(
                        new Freshness(
                                "freshness", Duration.ofDays(1), 0.5, Freshness.Shape.EXPONENTIAL, "published_at"),
                        new Boost("favour_b", equalUploader("b"), null, 2)),
                List.of());
        Request request = fourItems();
        Reranked reranked = rerank(policy, request.input(), new SlateRequest(4, List.of(), List.of(), true));
        assertEquals(List.of("b", "a", "c", "d"), ids(request.input(), reranked));
        assertEquals(18, reranked.slate().getFirst().score(), 1e-5);
        assertEquals(
                new Effect("favour_b", 9, "+100 %"),
                reranked.slate().getFirst().effects().getFirst());
        assertEquals(
                new Effect("freshness", 2.5f, "24 h old: +25 %"),
                reranked.slate().get(1).effects().getFirst());
    }

    @Test
    void nothing_is_said_of_single_items_unless_asked() {
        Reranked reranked = rerank(EVERYTHING, fourItems().disliked("a").input(), plain(3));
        assertEquals(List.of(), reranked.removals());
        assertEquals(List.of(), reranked.parts());
        assertEquals(List.of(), reranked.traces());
        reranked.slate().forEach(placed -> assertEquals(List.of(), placed.effects()));
        assertEquals(List.of(new RemovalCount("disliked", 1)), reranked.removalCounts());
    }

    @Test
    void a_traced_item_is_unknown_no_candidate_removed_outranked_or_passed() {
        Catalogue catalogue = catalogue().item("idle");
        Request request = candidates(new Request(catalogue)).disliked("b");
        Policy policy = new Policy(List.of(new Disliked("disliked", false)), List.of(), List.of());
        List<String> asked = List.of("ghost", "idle", "b", "d", "c");
        List<ItemTrace> traces = rerank(policy, request.input(), new SlateRequest(2, List.of(), asked, false))
                .traces();
        assertEquals(asked, traces.stream().map(ItemTrace::itemId).toList());
        assertEquals(
                List.of(
                        TraceVerdict.UNKNOWN_ITEM,
                        TraceVerdict.NOT_NOMINATED,
                        TraceVerdict.REMOVED,
                        TraceVerdict.OUTRANKED,
                        TraceVerdict.PASSED),
                traces.stream().map(ItemTrace::verdict).toList());
        assertEquals("disliked", traces.get(2).component());
        assertEquals("the user disliked it", traces.get(2).detail());
        assertEquals(
                "place 3 by score; the slate ends with 'c' at place 2, score 8.0 against 7.0",
                traces.get(3).detail());
        assertEquals(2, traces.get(4).place());
        assertEquals(8f, traces.get(4).score());
    }

    @Test
    void a_trace_names_the_slate_rule_that_took_an_items_place_and_what_stands_there() {
        Policy apart = new Policy(List.of(), List.of(), List.of(new MaxPerKey("apart", true, "categories", 1, 500)));
        Request request = fourItems();
        ItemTrace outranked = trace(apart, request.input(), "b");
        assertEquals(TraceVerdict.OUTRANKED, outranked.verdict());
        assertEquals("apart", outranked.component());
        assertEquals(
                "place 2 by score, taken by 'c'; at most 1 with categories 'x' within 500 places, held back from place 2",
                outranked.detail());
        ItemTrace passed = trace(apart, request.input(), "c");
        assertEquals("place 3 by score; apart: 'b' was held back", passed.detail());
        Policy diverse = new Policy(List.of(), List.of(), List.of(new Mmr("mmr", 0.3, 0, 1, 0, 200)));
        ItemTrace alike = trace(diverse, request.input(), "b");
        assertEquals("mmr", alike.component());
        assertTrue(alike.detail().contains("similarity 1.00 to 'a' at place 1"), alike.detail());
    }

    @Test
    void a_trace_names_the_request_s_own_rules() {
        Request request = fourItems()
                .candidate("ghost", 99)
                .excluded("a")
                .filter(new ItemPredicate.Not(new ItemPredicate.Equal("uploader", new Operand.Text("b"))));
        StrictRule notC = new StrictRule("not_c", new ItemPredicate.Not(equal("c")));
        ExpressionFilter notD = new ExpressionFilter("not_d", "item.id != 'd'", false);
        List<String> asked = List.of("a", "b", "c", "d");
        List<ItemTrace> traces = rerank(
                        NOTHING, request.input(), new SlateRequest(4, List.of(notC), asked, false, List.of(notD)))
                .traces();
        List<String> rules = List.of("excluded", "query_filter", "not_c", "not_d");
        for (int i = 0; i < rules.size(); i++) {
            Traced.assertSaid(traces.get(i), TraceVerdict.REMOVED, rules.get(i));
        }
    }

    @Test
    void an_item_below_the_slate_by_score_is_told_of_a_worse_one_that_a_rule_let_in() {
        Policy pinned = new Policy(List.of(), List.of(), List.of(new Pin("pin", true, "d", 1)));
        ItemTrace passedOver = trace(pinned, fourItems().input(), "c");
        Traced.assertSaid(passedOver, TraceVerdict.OUTRANKED, "pin");
        assertTrue(passedOver.detail().contains("'d', place 4 by score, stands at place 1"), passedOver.detail());
    }

    @Test
    void what_is_not_explained_allocates_nothing_for_explaining() {
        RerankInput input = Request.random(
                        Catalogue.random(60, 8, 5), Catalogue.random(60, 8, 5).snapshot(), 5, new Random(1))
                .input();
        SlateRequest traced = new SlateRequest(20, List.of(), List.of("v001"), false);
        SlateRequest explaining = new SlateRequest(20, List.of(), List.of(), true);
        // Compiling may spare some objects, so all are asked before any is counted.
        List.of(plain(20), traced, explaining).forEach(request -> leastAllocated(input, request));
        long tracing = leastAllocated(input, traced);
        long explained = leastAllocated(input, explaining);
        long plain = leastAllocated(input, plain(20));
        long steps = (1L + EVERYTHING.transforms().size()) * input.pool().size() * Float.BYTES;
        assertTrue(tracing - plain >= steps, tracing + " with a trace, " + plain + " without");
        assertTrue(explained - plain >= steps, explained + " explained, " + plain + " not");
    }

    /** Bytes that one request allocates: the least of many, as compiling and profiling only add. */
    private long leastAllocated(RerankInput input, SlateRequest request) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 300; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            var _ = rerank(EVERYTHING, input, request);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @Test
    void a_filter_that_the_table_cannot_answer_is_the_callers_error_naming_the_field() {
        Request request = fourItems().filter(new ItemPredicate.Present("colour"));
        CallerError error = assertThrows(CallerError.class, () -> rerank(NOTHING, request.input(), plain(2)));
        assertTrue(error.field().startsWith("query.filter"), error.getMessage());
        assertTrue(message(error).contains("colour"), message(error));
        StrictRule strict = new StrictRule("strict", new ItemPredicate.Present("colour"));
        SlateRequest slate = new SlateRequest(2, List.of(strict), List.of(), false);
        CallerError other = assertThrows(
                CallerError.class, () -> rerank(NOTHING, fourItems().input(), slate));
        assertTrue(other.field().startsWith("strict_rules[0].predicate"), other.getMessage());
    }

    @Test
    void no_candidates_give_an_empty_slate() {
        Reranked reranked = rerank(EVERYTHING, new Request(catalogue()).input(), plain(3));
        assertEquals(List.of(), reranked.slate());
    }

    @Test
    void a_deadline_that_has_passed_is_noticed() {
        Deadline passed = Deadline.after(Duration.ofSeconds(-1));
        RerankInput input = fourItems().input();
        assertThrows(DeadlinePassed.class, () -> reranker.rerank(NOTHING, input, plain(3), passed));
    }

    private ItemTrace trace(Policy policy, RerankInput input, String id) {
        return rerank(policy, input, new SlateRequest(2, List.of(), List.of(id), false))
                .traces()
                .getFirst();
    }

    private List<String> slate(Policy policy, RerankInput input, int size) {
        return rerank(policy, input, plain(size)).slate().stream()
                .map(placed -> input.pool().id(placed.position()) + " " + placed.score())
                .toList();
    }

    private Reranked rerank(Policy policy, RerankInput input, SlateRequest request) {
        return reranker.rerank(policy, input, request, FAR);
    }

    private static SlateRequest plain(int size) {
        return new SlateRequest(size, List.of(), List.of(), false);
    }

    private static List<String> ids(RerankInput input, Reranked reranked) {
        return reranked.slate().stream()
                .map(placed -> input.pool().id(placed.position()))
                .toList();
    }

    /** a to d with scores 10 to 7, each by an uploader of its own name; a and b share category x; only a has an age, a day. */
    private static Request fourItems() {
        return candidates(new Request(catalogue()));
    }

    private static Catalogue catalogue() {
        return new Catalogue(0)
                .item("a")
                .uploader("a")
                .categories("x")
                .published(NOW - 86_400_000)
                .item("b")
                .uploader("b")
                .categories("x")
                .item("c")
                .uploader("c")
                .categories("y")
                .item("d")
                .uploader("d")
                .categories("z");
    }

    private static Request candidates(Request request) {
        return request.candidate("a", 10).candidate("b", 9).candidate("c", 8).candidate("d", 7);
    }

    private static ItemPredicate equal(String id) {
        return new ItemPredicate.Equal("id", new Operand.Text(id));
    }

    private static ItemPredicate equalUploader(String uploader) {
        return new ItemPredicate.Equal("uploader", new Operand.Text(uploader));
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
