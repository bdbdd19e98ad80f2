package dev.funnel.trainer.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.inference.feature.Unclicked;
import dev.funnel.trainer.read.Codes;
import dev.funnel.trainer.read.ImpressionLog;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an example knows of earlier pages, and of who nominated its items. */
final class EarlierImpressionsTest {
    private static final int USER = 3;
    private static final Codes NOTHING = new Codes(new int[] {-1, -1, -1, -1, -1, -1}, new String[0]);

    /** Item 7 is shown at 10, 20 and 30, clicked at 20; item 8 at 20; item 9 to somebody else; item 6 to nobody known. */
    private static ImpressionLog log() {
        return new ImpressionLog(
                new int[] {2, 0, 1, 1, 3, 4},
                new int[] {USER, USER, USER, USER, 5, -1},
                new int[] {7, 7, 7, 8, 9, 6},
                new long[] {30, 10, 20, 20, 10, 10},
                new short[] {0, 0, 0, 1, 0, 0},
                new boolean[] {false, false, true, false, false, false},
                new float[6],
                NOTHING,
                NOTHING,
                NOTHING,
                new Codes(
                        new int[] {0, 1, -1, 1, 0, 0}, new String[] {"als" + ImpressionLog.SEPARATOR + "new", "new"}));
    }

    private static int[] counts(long timeMs, int... items) {
        Unclicked known = Objects.requireNonNull(EarlierImpressions.of(log()).before(USER, timeMs, items));
        int[] counts = new int[items.length];
        for (int i = 0; i < items.length; i++) {
            for (int k = 0; k < known.items().length; k++) {
                counts[i] += known.items()[k] == items[i] ? known.counts()[k] : 0;
            }
        }
        return counts;
    }

    @Test
    void what_was_shown_before_the_page_without_a_click_is_counted_and_nothing_else() {
        assertArrayEquals(new int[] {1, 0, 0}, counts(20, 7, 8, 9), "what happens on the page itself is not known yet");
        assertArrayEquals(new int[] {1, 1, 0}, counts(30, 7, 8, 9));
        assertArrayEquals(new int[] {2, 1, 0}, counts(31, 7, 8, 9));
    }

    @Test
    void of_whom_nothing_was_shown_to_nothing_is_known() {
        EarlierImpressions earlier = EarlierImpressions.of(log());
        assertNull(earlier.before(USER, 10, new int[] {7}));
        assertNull(earlier.before(4, 100, new int[] {7}));
        assertNull(earlier.before(-1, 100, new int[] {6}));
    }

    private static List<GeneratorSignals> signals(List<String> generators) {
        String[][] sources = new ImpressionSources(log().sources()).of(new int[] {0, 1, 2});
        return ImpressionSources.nominated(
                List.of(
                        new GeneratorSignals("als", new float[] {.1f, .2f, .3f}, new boolean[0]),
                        new GeneratorSignals("old", new float[] {1, 1, 1}, new boolean[0])),
                generators,
                sources);
    }

    @Test
    void a_source_that_is_no_generator_nominates_nothing() {
        assertEquals(
                List.of("als", "old"),
                signals(List.of("als", "old")).stream()
                        .map(GeneratorSignals::generator)
                        .toList());
    }

    @Test
    void sources_say_which_generators_nominated_an_item_whether_they_score_it_or_not() {
        List<GeneratorSignals> signals = signals(List.of("als", "new", "old"));
        assertEquals(
                List.of("als", "old", "new"),
                signals.stream().map(GeneratorSignals::generator).toList());
        assertArrayEquals(new boolean[] {true, false, false}, signals.get(0).nominated());
        assertArrayEquals(new float[] {.1f, .2f, .3f}, signals.get(0).scores());
        assertArrayEquals(new boolean[3], signals.get(1).nominated());
        assertArrayEquals(new boolean[] {true, true, false}, signals.get(2).nominated());
    }

    @Test
    void a_log_without_sources_tells_nothing_of_nominations() {
        assertEquals(0, new ImpressionSources(NOTHING).of(new int[] {0, 1}).length);
    }
}
