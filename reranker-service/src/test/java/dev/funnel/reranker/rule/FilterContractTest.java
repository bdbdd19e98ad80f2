package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.reranker.rerank.Traced;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.TraceVerdict;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every filter promises, on random requests that give each filter something to remove and something to keep. A filter's
 * test extends this and adds its own cases.
 */
abstract class FilterContractTest {
    private static final int SEEDS = 20;

    /** The filter under test. */
    abstract Filter filter();

    @Test
    void kept_and_removed_are_disjoint_complete_and_in_order() {
        for (long seed = 0; seed < SEEDS; seed++) {
            int[] positions = shuffledPositions(seed);
            Filtered filtered = Filtered.by(filter().screen(input(seed, seed)), positions);
            int[] expectedKept = remaining(positions, filtered.removed());
            int[] expectedRemoved = remaining(positions, filtered.kept());
            assertArrayEquals(expectedKept, filtered.kept(), "seed " + seed);
            assertArrayEquals(expectedRemoved, filtered.removed(), "seed " + seed);
            assertEquals(positions.length, filtered.kept().length + filtered.removed().length, "seed " + seed);
        }
    }

    @Test
    void every_removal_has_a_reason() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Screen screen = filter().screen(input(seed, seed));
            for (int position : Filtered.by(screen, shuffledPositions(seed)).removed()) {
                assertFalse(screen.reason(position).isBlank(), "seed " + seed);
            }
        }
    }

    @Test
    void what_is_removed_does_not_depend_on_the_order_of_arrival() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertEquals(removedIds(input(seed, 1)), removedIds(input(seed, 2)), "seed " + seed);
        }
    }

    @Test
    void some_items_are_removed_and_some_are_kept() {
        int removed = 0;
        int all = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            removed += removedIds(input(seed, seed)).size();
            all += shuffledPositions(seed).length;
        }
        assertTrue(removed > 0 && removed < all, removed + " of " + all);
    }

    @Test
    void asking_twice_gives_the_same_answer() {
        Screen screen = filter().screen(input(3, 3));
        int[] positions = shuffledPositions(3);
        assertArrayEquals(
                Filtered.by(screen, positions).kept(),
                Filtered.by(screen, positions).kept());
    }

    @Test
    void an_item_that_it_removed_is_told_the_stage_the_filter_and_why() {
        Policy alone = new Policy(List.of(filter()), List.of(), List.of());
        int told = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            RerankInput input = input(seed, seed);
            Set<String> removed = removedIds(input);
            for (ItemTrace trace : new Traced(alone, input, 1).all()) {
                boolean byRequest = RequestRules.names().contains(trace.component());
                if (removed.contains(trace.itemId()) && !byRequest) {
                    Traced.assertSaid(trace, TraceVerdict.REMOVED, filter().name());
                    told++;
                }
            }
        }
        assertTrue(told > 0, "never told");
    }

    @Test
    void its_name_is_its_own() {
        assertFalse(filter().name().isBlank());
        RequestRules.names().forEach(name -> assertNotEquals(name, filter().name()));
    }

    private Set<String> removedIds(RerankInput input) {
        Set<String> ids = new TreeSet<>();
        int[] positions = IntStream.range(0, input.pool().size()).toArray();
        for (int position : Filtered.by(filter().screen(input), positions).removed()) {
            ids.add(input.pool().id(position));
        }
        return ids;
    }

    private static RerankInput input(long seed, long order) {
        Catalogue catalogue = Catalogue.random(30, 4, seed);
        RerankerSnapshot snapshot = catalogue.snapshot();
        return Request.random(catalogue, snapshot, seed, new Random(order)).input();
    }

    private static int[] shuffledPositions(long seed) {
        return new Random(seed).ints(0, 30).distinct().limit(25).toArray();
    }

    private static int[] remaining(int[] positions, int[] without) {
        Set<Integer> gone = new TreeSet<>(Arrays.stream(without).boxed().toList());
        return Arrays.stream(positions)
                .filter(position -> !gone.contains(position))
                .toArray();
    }
}
