package dev.funnel.candidate.retrieve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemPositionsTest {
    private static final long SEED = 31;

    @Test
    void positions_are_those_of_a_map_and_the_first_stays() {
        Random random = new Random(SEED);
        for (int most : new int[] {0, 1, 2, 3, 100, 1_023, 1_024, 10_000}) {
            ItemPositions positions = new ItemPositions(most);
            Map<Integer, Integer> expected = new HashMap<>();
            for (int i = 0; i < most; i++) {
                int item = random.nextInt(3 * most) << random.nextInt(8);
                assertEquals(expected.putIfAbsent(item, i) == null, positions.putIfAbsent(item, i), "item " + item);
            }
            for (int item = 0; item < 4 * most + 4; item++) {
                assertEquals(expected.getOrDefault(item, ItemPositions.NONE), positions.of(item), "item " + item);
            }
        }
    }
}
