package dev.funnel.trainer.rank;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class MetricsCountTest {
    private static RankerMetrics of(float[] value, float[] weight) {
        boolean[] positive = new boolean[value.length];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = weight[i] > 0;
        }
        MetricsCount count = new MetricsCount();
        count.add(value, weight, positive);
        return count.metrics(0);
    }

    @Test
    void watch_time_on_wrongly_ordered_pairs_is_lost() {
        RankerMetrics metrics = of(new float[] {3, 2, 1, 0}, new float[] {0, 30, 0, 10});
        assertEquals((30 + 2 * 10) / (2 * 30 + 2 * 10.0), metrics.weightedPerUserLoss(), 1e-12);
    }

    @Test
    void a_constant_is_half_wrong() {
        RankerMetrics metrics = of(new float[] {1, 1, 1}, new float[] {5, 0, 0});
        assertEquals(0.5, metrics.weightedPerUserLoss());
        assertEquals(0.5, metrics.auc());
    }

    @Test
    void the_area_is_the_share_of_rightly_ordered_pairs_of_all_pages() {
        MetricsCount count = new MetricsCount();
        count.add(new float[] {4, 1}, new float[] {9, 0}, new boolean[] {true, false});
        count.add(new float[] {3, 2}, new float[] {0, 9}, new boolean[] {false, true});
        RankerMetrics metrics = count.metrics(0);
        assertEquals(3 / 4.0, metrics.auc(), 1e-12);
        assertEquals(0.5, metrics.weightedPerUserLoss(), 1e-12);
    }

    @Test
    void deciles_are_means_by_falling_value() {
        float[] value = new float[100];
        float[] weight = new float[100];
        for (int i = 0; i < 100; i++) {
            value[i] = i;
            weight[i] = 2 * i;
        }
        RankerMetrics metrics = of(value, weight);
        assertEquals(10, metrics.deciles().size());
        assertEquals(94.5, metrics.deciles().getFirst().predicted(), 1e-9);
        assertEquals(189, metrics.deciles().getFirst().actual(), 1e-9);
        assertEquals(4.5, metrics.deciles().getLast().predicted(), 1e-9);
    }
}
