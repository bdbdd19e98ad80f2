package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PagedIntsTest {
    private static final int USUAL = -1;
    private static final long SEED = 5;

    private record Seen(PagedInts numbers, Map<Integer, Integer> written) {}

    @Test
    void a_snapshot_keeps_what_was_written_before_it_and_nothing_else() {
        Random random = new Random(SEED);
        PagedInts.Writer writer = new PagedInts.Writer(1_500, USUAL);
        Map<Integer, Integer> written = new HashMap<>();
        List<Seen> snapshots = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            int index = random.nextInt(5_000);
            writer.set(index, i);
            written.put(index, i);
            if (i % 100 == 0) {
                snapshots.add(new Seen(writer.snapshot(), new HashMap<>(written)));
            }
        }
        for (Seen seen : snapshots) {
            for (int index = 0; index < 6_000; index++) {
                assertEquals(seen.written.getOrDefault(index, USUAL), seen.numbers.get(index), "seed " + SEED);
            }
            assertTrue(seen.numbers
                    .candidates()
                    .boxed()
                    .collect(Collectors.toSet())
                    .containsAll(seen.written.keySet()));
        }
    }

    @Test
    void pages_that_nothing_was_written_to_are_passed_over() {
        PagedInts.Writer writer = new PagedInts.Writer(10_000, USUAL);
        assertEquals(0, writer.snapshot().candidates().count());
        writer.set(5_000, 7);
        int[] candidates = writer.snapshot().candidates().toArray();
        assertEquals(1_024, candidates.length);
        assertTrue(Arrays.binarySearch(candidates, 5_000) >= 0, "ascending, with what was written");
        assertThrows(IndexOutOfBoundsException.class, () -> writer.set(-1, 7));
    }

    @Test
    void its_size_grows_with_the_highest_index() {
        PagedInts.Writer writer = new PagedInts.Writer(3, USUAL);
        assertEquals(3, writer.now().size());
        writer.set(2, 7);
        assertEquals(3, writer.now().size());
        writer.set(3_000, 7);
        assertEquals(3_001, writer.now().size());
        assertEquals(USUAL, writer.now().get(2_999));
        assertEquals(0, new PagedInts.Writer(0, USUAL).snapshot().size());
    }
}
