package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class TopKTest {

    @RepeatedTest(50)
    void it_keeps_what_sorting_would_put_first_whatever_the_order_of_offers(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int count = random.nextInt(200);
        int k = random.nextInt(60);
        float[] scores = new float[count];
        IntStream.range(0, count).forEach(item -> scores[item] = random.nextInt(20) - 10);
        List<Integer> order = IntStream.range(0, count).boxed().collect(Collectors.toList());
        Collections.shuffle(order, random);
        TopK top = new TopK(k);
        order.forEach(item -> top.offer(item, scores[item]));
        int[] expected = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(item -> -scores[item])
                        .thenComparing(item -> item))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
        assertArrayEquals(expected, top.drain(0, true).items(), "seed " + seed);
    }

    @Test
    void a_score_that_is_not_a_number_is_never_kept() {
        TopK top = new TopK(3);
        assertFalse(top.offer(1, Float.NaN));
        top.offer(2, Float.NEGATIVE_INFINITY);
        assertFalse(top.offer(1, Float.NaN));
        assertArrayEquals(new int[] {2}, top.drain(0, true).items());
    }

    @Test
    void hits_carry_what_they_were_told() {
        TopK top = new TopK(1);
        top.offer(5, 0.5f);
        Hits hits = top.drain(7, false);
        assertEquals(7, hits.filtered());
        assertFalse(hits.complete());
        assertArrayEquals(new float[] {0.5f}, hits.scores());
    }
}
