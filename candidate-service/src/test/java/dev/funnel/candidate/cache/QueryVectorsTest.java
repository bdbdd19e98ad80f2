package dev.funnel.candidate.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.telemetry.Metrics;
import org.junit.jupiter.api.Test;

class QueryVectorsTest {
    private int made;

    private record Number(int value) implements QueryVectors.Ingredients {
        @Override
        public int bytes() {
            return Integer.BYTES;
        }
    }

    private float[] of(QueryVectors vectors, String generator, int value) {
        return vectors.of(generator, new Number(value), () -> {
            made++;
            return new float[] {value};
        });
    }

    @Test
    void the_same_ingredients_are_made_into_a_vector_once_and_those_of_another_generator_apart() {
        QueryVectors vectors = Caches.usual().queries();
        assertSame(of(vectors, "als", 1), of(vectors, "als", 1));
        assertEquals(1, made);
        of(vectors, "bpr", 1);
        of(vectors, "als", 2);
        assertEquals(3, made);
    }

    @Test
    void it_keeps_no_more_than_its_bound() {
        QueryVectors vectors =
                new Caches(new CacheSettings(new ByteSize(0), new ByteSize(10_000)), Metrics.off()).queries();
        for (int round = 0; round < 2; round++) {
            for (int value = 0; value < 1_000; value++) {
                assertArrayEquals(new float[] {value}, of(vectors, "als", value));
            }
        }
        assertTrue(made > 1_800, "10,000 bytes hold fewer than 100, made " + made);
    }
}
