package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BlendTest extends TransformContractTest {
    @Override
    ScoreTransform transform() {
        return new Blend("blend", Map.of("score", 0.5, "watch_time", 2.0), Blend.Mode.SUM);
    }

    @Test
    void a_sum_weighs_the_heads_and_a_product_raises_them_to_a_power() {
        RerankInput input = new Request(new Catalogue(0).item("a"))
                .candidate("a", 4)
                .head("watch_time", "a", 9)
                .input();
        float[] sum = {4};
        transform().apply(input, new int[] {0}, sum);
        assertArrayEquals(new float[] {20}, sum);
        float[] product = {4};
        Blend powers = new Blend("blend", Map.of("score", 2.0, "watch_time", 0.5), Blend.Mode.PRODUCT);
        powers.apply(input, new int[] {0}, product);
        assertEquals(48, product[0], 1e-4);
    }
}
