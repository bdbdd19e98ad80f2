package dev.funnel.trainer.rank;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.HeadReliability;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricsCountTest {
    private static MetricsCount of(float[] value, float[] weight) {
        boolean[] positive = new boolean[value.length];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = weight[i] > 0;
        }
        MetricsCount count = new MetricsCount();
        count.add(value, weight, positive);
        return count;
    }

    @Test
    void watch_time_on_wrongly_ordered_pairs_is_lost() {
        MetricsCount count = of(new float[] {3, 2, 1, 0}, new float[] {0, 30, 0, 10});
        assertEquals((30 + 2 * 10) / (2 * 30 + 2 * 10.0), count.perUserLoss(), 1e-12);
    }

    @Test
    void a_constant_is_half_wrong() {
        MetricsCount count = of(new float[] {1, 1, 1}, new float[] {5, 0, 0});
        assertEquals(0.5, count.perUserLoss());
        assertEquals(0.5, count.auc());
    }

    @Test
    void the_area_is_the_share_of_rightly_ordered_pairs_of_all_pages() {
        MetricsCount count = new MetricsCount();
        count.add(new float[] {4, 1}, new float[] {9, 0}, new boolean[] {true, false});
        count.add(new float[] {3, 2}, new float[] {0, 9}, new boolean[] {false, true});
        assertEquals(3 / 4.0, count.auc(), 1e-12);
        assertEquals(0.5, count.perUserLoss(), 1e-12);
    }

    @Test
    void parts_are_means_by_rising_value() {
        float[] value = new float[100];
        float[] weight = new float[100];
        for (int i = 0; i < 100; i++) {
            value[i] = 99 - i;
            weight[i] = 2 * value[i];
        }
        List<HeadReliability.Part> parts = ReliabilityParts.of(value, weight, 10);
        assertEquals(10, parts.size());
        assertEquals(new HeadReliability.Part(10, 94.5, 189), parts.getLast());
        assertEquals(new HeadReliability.Part(10, 4.5, 9), parts.getFirst());
        assertEquals(3, ReliabilityParts.of(new float[3], new float[3], 10).size(), "as many as there are examples");
        assertEquals(List.of(), ReliabilityParts.of(new float[0], new float[0], 10));
    }
}
