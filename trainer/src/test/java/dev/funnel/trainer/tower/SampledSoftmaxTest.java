package dev.funnel.trainer.tower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.trainer.learn.Matrices;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The cost of a person against the candidates of a batch. */
class SampledSoftmaxTest {
    private static final int[] ITEMS = {3, 7, 8, 20};
    private static final float[] VECTORS = {1, 0, 0, 2, -1, 1, 0.5f, 0.5f};
    private static final float[] QUERY = {1, 0.5f};

    @Test
    void what_a_person_knows_is_no_candidate_unless_it_is_the_label() {
        CandidateSet candidates = new CandidateSet(ITEMS, new float[4], new int[][] {{0}});
        assertArrayEquals(new int[] {1, 3}, candidates.without(new int[] {20, 3, 7, 20, 9}, 0));
    }

    @Test
    void a_candidate_that_is_ruled_out_costs_nothing_and_is_not_moved() {
        CandidateSet candidates = new CandidateSet(ITEMS, new float[4], new int[][] {{0}});
        float[] transposed = new float[VECTORS.length];
        Matrices.transpose(ITEMS.length, 2, VECTORS, transposed);
        SampledSoftmax softmax = new SampledSoftmax(2, 1);
        double cost = softmax.run(QUERY, 1, candidates, 0, new int[][] {{1, 3}}, VECTORS, transposed, 1, new float[2]);
        // Inner products 1 and -0.5 are left: those of items 3 and 8.
        double share = 1 / (1 + Math.exp(-1.5));
        assertEquals(-Math.log(share), cost, 1e-5);
        float label = (float) (share - 1);
        assertArrayEquals(
                new float[] {label, label / 2, 0, 0, -label, -label / 2, 0, 0},
                Arrays.copyOf(softmax.itemGradient(), VECTORS.length),
                1e-5f);
    }
}
