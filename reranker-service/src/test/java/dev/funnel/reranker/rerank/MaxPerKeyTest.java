package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.reranker.rule.Catalogue;
import dev.funnel.reranker.rule.MaxPerKey;
import dev.funnel.reranker.rule.Request;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import dev.funnel.reranker.snapshot.KeyColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaxPerKeyTest extends SlateRuleContractTest {
    @Override
    SlateRule rule() {
        return new MaxPerKey("spacing", true, "uploader", 1, 3);
    }

    @Test
    void items_that_share_a_key_stand_apart() {
        assertEquals(List.of("a1", "b1", "c1", "a2", "a3", "a4"), slate(uploaders(), 6));
    }

    @Test
    void where_it_gives_way_the_slate_says_so() {
        Slate slate = Slate.fill(List.of(rule()), uploaders().forSlateOf(6), true, FAR);
        assertEquals(List.of("spacing"), slate.relaxed());
        assertEquals(
                List.of(),
                Slate.fill(List.of(rule()), uploaders().forSlateOf(4), true, FAR)
                        .relaxed());
    }

    @Test
    void one_that_never_gives_way_ends_the_slate() {
        MaxPerKey strict = new MaxPerKey("spacing", false, "uploader", 1, 3);
        Slate slate = Slate.fill(List.of(strict), uploaders().forSlateOf(6), false, FAR);
        assertEquals(List.of("a1", "b1", "c1", "a2"), ids(slate));
        assertEquals(List.of(), slate.relaxed());
    }

    @Test
    void the_last_of_several_gives_way_first_and_only_where_it_must() {
        MaxPerKey first = new MaxPerKey("first", true, "uploader", 1, 2);
        MaxPerKey last = new MaxPerKey("last", true, "categories", 1, 500);
        Slate slate = Slate.fill(List.of(first, last), uploaders().forSlateOf(5), false, FAR);
        assertEquals(List.of("a1", "b1", "a2", "c1", "a3"), ids(slate));
        assertEquals(List.of("last"), slate.relaxed());
    }

    @Test
    void among_any_neighbours_no_key_stands_too_often() {
        MaxPerKey strict = new MaxPerKey("spacing", false, "categories", 2, 7);
        for (long seed = 0; seed < 20; seed++) {
            Slate slate = Slate.fill(List.of(strict), shortlist(seed, seed).forSlateOf(40), false, FAR);
            for (int start = 0; start + 7 <= slate.size(); start++) {
                assertTrue(mostFrequent(slate, start, start + 7) <= 2, "seed " + seed + ", place " + start);
            }
        }
    }

    @Test
    void a_column_that_the_bundle_lacks_holds_nothing_back() {
        MaxPerKey rule = new MaxPerKey("spacing", false, "studio", 1, 3);
        assertEquals(
                6,
                Slate.fill(List.of(rule), uploaders().forSlateOf(6), false, FAR).size());
    }

    @Test
    void a_limit_that_can_never_apply_is_refused() {
        Exception refused =
                assertThrows(IllegalArgumentException.class, () -> new MaxPerKey("spacing", true, "uploader", 3, 3));
        assertTrue(message(refused).contains("max"), message(refused));
    }

    /** By score: four of uploader a, then one of b, one of c. */
    private static Shortlist uploaders() {
        Catalogue catalogue = new Catalogue(0);
        for (String id : List.of("a1", "a2", "a3", "a4", "b1", "c1")) {
            catalogue.item(id).uploader(id.substring(0, 1)).categories(id.endsWith("1") ? id : "more");
        }
        catalogue.item("unused");
        return shortlist(new Request(catalogue)
                .candidate("c1", 1)
                .candidate("b1", 2)
                .candidate("a4", 3)
                .candidate("a3", 4)
                .candidate("a2", 5)
                .candidate("a1", 6)
                .input());
    }

    private static int mostFrequent(Slate slate, int from, int to) {
        KeyColumn categories = slate.shortlist().input().facts().categories();
        Map<Integer, Integer> counts = new HashMap<>();
        for (int place = from; place < to; place++) {
            int item = slate.shortlist().item(slate.rank(place));
            for (int i = 0; i < categories.count(item); i++) {
                counts.merge(categories.code(item, i), 1, Integer::sum);
            }
        }
        return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
