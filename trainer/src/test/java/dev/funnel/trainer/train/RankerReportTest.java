package dev.funnel.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.trainer.read.Codes;
import dev.funnel.trainer.read.ImpressionLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankerReportTest {

    /** Two pages of three: clicked for 10 s, not, clicked for 30 s; not, not, clicked for 20 s. */
    private static HeldOutPages pages(float[] ranker, float[] popular) {
        int[] zeros = new int[6];
        Codes none = new Codes(new int[] {-1, -1, -1, -1, -1, -1}, new String[0]);
        ImpressionLog log = new ImpressionLog(
                new int[] {0, 0, 0, 1, 1, 1},
                zeros,
                zeros,
                new long[6],
                new short[6],
                new boolean[] {true, false, true, false, false, true},
                new float[] {10, 0, 30, 0, 0, 20},
                none,
                none,
                none);
        return new HeldOutPages(
                log,
                new boolean[] {false, false, true, false, false, false},
                IntStream.range(0, 6).toArray(),
                new int[] {0, 3, 6},
                ranker,
                ranker,
                new LinkedHashMap<>(Map.of("watch_time", ranker)),
                new int[] {0, 0, 0, 12, 12, 12},
                new LinkedHashMap<>(Map.of("popular", popular)));
    }

    @Test
    void the_loss_is_the_share_of_watch_time_on_wrongly_ordered_pairs_of_a_page() {
        RankerReport report = RankerReport.of(pages(new float[] {1, 2, 3, 5, 0, 5}, new float[6]));
        double all = 10 + 30 + 2 * 20;
        assertEquals((10 + 20 / 2.0) / all, report.perUserLoss(), 1e-9);
        assertEquals(.5, report.perUserLossOf().getOrDefault("popular", 0.0), 1e-9);
    }

    @Test
    void auc_is_the_share_of_pairs_in_the_right_order_ties_being_half() {
        RankerReport report = RankerReport.of(pages(new float[] {1, 2, 3, 5, 0, 5}, new float[6]));
        assertEquals((1 + 0 + 0 + 1 + 1 + 0 + 1 + 1 + .5) / 9, report.auc(), 1e-9);
    }

    @Test
    void calibration_compares_what_was_predicted_with_what_was_watched() {
        RankerReport report = RankerReport.of(pages(new float[] {20, 20, 20, 20, 20, 20}, new float[6]));
        assertEquals(2, report.calibration(), 1e-9);
    }
}
