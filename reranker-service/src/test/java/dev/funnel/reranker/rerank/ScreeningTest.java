package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funnel.reranker.rule.RuleScreen;
import dev.funnel.reranker.rule.Screen;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.error.DeadlinePassed;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreeningTest {
    private static final int[] TEN = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0};

    @Test
    void an_item_counts_as_removed_by_the_first_rule_that_removes_it() {
        Screening screening = screening(5, strict("a", 9, 8), strict("b", 8, 7), preferred("c", 7, 6));
        assertArrayEquals(new int[] {5, 4, 3, 2, 1, 0}, screening.kept());
        assertArrayEquals(new int[] {2, 1, 1}, screening.counts());
        assertEquals("a", remover(screening, 8));
        assertEquals("b", remover(screening, 7));
        assertEquals("c", remover(screening, 6));
        assertNull(screening.remover(5));
        assertEquals(List.of(), screening.relaxed());
    }

    @Test
    void a_preferred_rule_gives_back_the_best_of_what_it_removed_and_no_more_than_needed() {
        Screening screening = screening(8, strict("a", 9), preferred("b", 8, 5, 2));
        assertArrayEquals(new int[] {8, 7, 6, 5, 4, 3, 1, 0}, screening.kept());
        assertEquals(List.of("b"), screening.relaxed());
        assertArrayEquals(new int[] {1, 1}, screening.counts());
        assertEquals("b", remover(screening, 2));
        RuleScreen returner = screening.returner(5);
        assertNotNull(returner);
        assertEquals("b", returner.rule());
        assertNull(screening.returner(7));
    }

    @Test
    void the_last_preferred_rule_gives_way_first() {
        Screening screening = screening(9, preferred("a", 9, 8), preferred("b", 1, 0));
        assertEquals(List.of("b", "a"), screening.relaxed());
        assertArrayEquals(new int[] {9, 7, 6, 5, 4, 3, 2, 1, 0}, screening.kept());
    }

    @Test
    void a_strict_rule_never_gives_way() {
        Screening screening = screening(10, strict("a", 9, 8), strict("b", 7), preferred("c", 0));
        assertArrayEquals(new int[] {6, 5, 4, 3, 2, 1, 0}, screening.kept());
        assertEquals(List.of("c"), screening.relaxed());
    }

    @Test
    void a_preferred_rule_that_removed_nothing_is_not_said_to_give_way() {
        assertEquals(List.of(), screening(10, strict("a", 1), preferred("b")).relaxed());
    }

    @Test
    void a_deadline_that_has_passed_stops_it() {
        Deadline passed = Deadline.after(Duration.ofSeconds(-1));
        List<RuleScreen> screens = List.of(strict("a", 1));
        PartTimes times = new PartTimes(false, Ticker.SYSTEM);
        assertThrows(DeadlinePassed.class, () -> Screening.of(screens, TEN, 5, passed, times));
    }

    private static Screening screening(int wanted, RuleScreen... screens) {
        PartTimes times = new PartTimes(false, Ticker.SYSTEM);
        return Screening.of(List.of(screens), TEN, wanted, SlateRuleContractTest.FAR, times);
    }

    private static String remover(Screening screening, int position) {
        RuleScreen remover = screening.remover(position);
        return remover == null ? "none" : remover.rule();
    }

    private static RuleScreen strict(String rule, int... removed) {
        return new RuleScreen(rule, false, fixed(removed));
    }

    private static RuleScreen preferred(String rule, int... removed) {
        return new RuleScreen(rule, true, fixed(removed));
    }

    /** Removes the positions it is given. */
    private static Screen fixed(int... removed) {
        return new Screen() {
            @Override
            public boolean removes(int position) {
                return Arrays.stream(removed).anyMatch(each -> each == position);
            }

            @Override
            public String reason(int position) {
                return "told to";
            }
        };
    }
}
