package dev.funnel.trainer.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TrendingTest {

    @Test
    void the_score_is_the_rate_of_now_over_the_rate_of_before_as_by_hand() {
        RankedItems items = new Trending(1, 4).fit(2, new int[] {0, 1}, new float[] {1, 1}, new double[] {0, 4}, 10);
        double ln2 = Math.log(2);
        double prior = (ln2 / 4 + .5 * ln2 / 4) / 2;
        assertEquals(0, items.items()[0]);
        assertEquals(ln2 / (ln2 / 4 + prior), items.scores()[0], 1e-5);
        assertEquals(ln2 / 16 / (.5 * ln2 / 4 + prior), items.scores()[1], 1e-5);
    }

    @Test
    void what_is_watched_as_much_as_ever_does_not_trend_however_popular() {
        int[] items = new int[120];
        float[] weights = new float[120];
        double[] ages = new double[120];
        for (int i = 0; i < 120; i++) {
            items[i] = i < 100 ? 0 : 1;
            weights[i] = 1;
            ages[i] = i < 100 ? i * .5 : (i - 100) * .05;
        }
        assertEquals(1, new Trending(1, 14).fit(2, items, weights, ages, 10).items()[0]);
    }
}
