package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.funnel.reranker.rule.Catalogue;
import dev.funnel.reranker.rule.Policy;
import dev.funnel.reranker.rule.Reach;
import dev.funnel.reranker.rule.Request;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.DeadlinePassed;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every slate rule promises when it alone makes a slate, on random requests. A rule's test extends this. */
abstract class SlateRuleContractTest {
    static final Deadline FAR = Deadline.after(Duration.ofMinutes(5));
    private static final int SEEDS = 20;
    private static final int ITEMS = 40;

    /** The rule under test; a limit must be one that gives way. */
    abstract SlateRule rule();

    @Test
    void the_slate_is_full_and_no_item_stands_twice() {
        for (long seed = 0; seed < SEEDS; seed++) {
            for (int size : new int[] {1, 7, ITEMS, 100}) {
                List<String> slate = slate(shortlist(seed, seed), size);
                assertEquals(Math.min(size, ITEMS), slate.size(), "seed " + seed);
                assertEquals(slate.size(), new HashSet<>(slate).size(), "seed " + seed);
            }
        }
    }

    @Test
    void the_slate_does_not_depend_on_the_order_of_arrival() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertEquals(slate(shortlist(seed, 1), 15), slate(shortlist(seed, 2), 15), "seed " + seed);
        }
    }

    /** True for a rule that looks at how many places the slate has. */
    boolean heedsTheSize() {
        return false;
    }

    @Test
    void a_longer_slate_begins_with_the_shorter_one() {
        assumeFalse(heedsTheSize(), "what stands first depends on how many places there are");
        for (long seed = 0; seed < SEEDS; seed++) {
            Shortlist shortlist = shortlist(seed, seed);
            assertEquals(slate(shortlist, 20).subList(0, 8), slate(shortlist, 8), "seed " + seed);
        }
    }

    @Test
    void the_rule_changes_some_slates() {
        int changed = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Shortlist shortlist = shortlist(seed, seed);
            List<String> byScore =
                    IntStream.range(0, 15).mapToObj(shortlist::id).toList();
            changed += slate(shortlist, 15).equals(byScore) ? 0 : 1;
        }
        assertNotEquals(0, changed);
    }

    @Test
    void a_deadline_that_has_passed_ends_it_before_the_first_place() {
        Shortlist shortlist = shortlist(1, 1).forSlateOf(15);
        Deadline passed = Deadline.after(Duration.ofSeconds(-1));
        assertThrows(DeadlinePassed.class, () -> Slate.fill(List.of(rule()), shortlist, false, passed));
    }

    @Test
    void an_empty_shortlist_gives_an_empty_slate() {
        RerankInput input = new Request(new Catalogue(2).item("a")).input();
        assertEquals(List.of(), slate(new Shortlist(input, new int[0], new float[0], 500), 5));
    }

    @Test
    void every_item_that_stands_elsewhere_than_its_score_says_has_a_reason() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Slate slate = Slate.fill(List.of(rule()), shortlist(seed, seed).forSlateOf(15), true, FAR);
            for (int place = 0; place < slate.size(); place++) {
                int rank = slate.rank(place);
                if (place != rank) {
                    RuleVerdict verdict = place > rank ? slate.cause(rank) : slate.occasion(place, rank);
                    assertEquals(rule().name(), verdict.rule(), "seed " + seed);
                    assertFalse(verdict.reason().isBlank(), "seed " + seed);
                }
            }
        }
    }

    @Test
    void an_item_that_it_kept_out_of_the_slate_is_told_so() {
        Policy alone = new Policy(List.of(), List.of(), List.of(rule()));
        int told = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            told += new Traced(alone, shortlist(seed, seed).input(), 15).pushedOutBy(rule().name());
        }
        assertNotEquals(0, told);
    }

    List<String> slate(Shortlist shortlist, int size) {
        return ids(Slate.fill(List.of(rule()), shortlist.forSlateOf(size), false, FAR));
    }

    static List<String> ids(Slate slate) {
        return IntStream.range(0, slate.size())
                .mapToObj(place -> slate.shortlist().id(slate.rank(place)))
                .toList();
    }

    /** What the one rule of a slate, which reaches over time, read and added. */
    static Reach reach(Slate slate) {
        return slate.reaches().firstEntry().getValue();
    }

    static Shortlist shortlist(long seed, long order) {
        Catalogue catalogue = Catalogue.random(ITEMS, 4, seed);
        return shortlist(Request.random(catalogue, catalogue.snapshot(), seed, new Random(order))
                .input());
    }

    /** Every candidate of a request, by its score. */
    static Shortlist shortlist(RerankInput input) {
        int[] all = IntStream.range(0, input.pool().size()).toArray();
        float[] scores = input.pool().scores();
        return new Shortlist(input, ScoreOrder.sorted(all, scores, input.pool()::id), scores, 500);
    }
}
