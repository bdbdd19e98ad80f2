package dev.funnel.candidate.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.TopK;
import dev.funnel.runtime.wire.ItemOrigin;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveVectorsTest {
    private static final long SEED = 11;
    private static final int STORED = 300;
    private static final int ITEMS = 1_200;
    private static final int DIMENSIONS = 5;
    private static final float[] QUERY = {.3f, -1, .5f, 2, -.1f};

    private final Random random = new Random(SEED);
    private final LiveVectorsWriter writer = new LiveVectorsWriter(STORED, DIMENSIONS);
    private final Map<Integer, float[]> expected = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"dot", "cosine", "euclidean"})
    void they_are_what_was_placed_last_whatever_was_merged(String similarity) {
        LiveVectors earlier = LiveVectors.NONE;
        Map<Integer, float[]> then = Map.of();
        for (int publication = 0; publication < 120; publication++) {
            int changes = publication % 17 == 0 ? 400 : 1 + random.nextInt(30); // of all sizes, in any order
            for (int i = 0; i < changes; i++) {
                change(random.nextInt(ITEMS));
            }
            LiveVectors now = writer.publish();
            assertAre(expected, now, Similarity.labelled(similarity));
            assertAre(then, earlier, Similarity.labelled(similarity));
            assertTrue(now.parts().size() <= LiveVectors.MOST_PARTS);
            earlier = now;
            then = new TreeMap<>(expected);
        }
    }

    private void change(int item) {
        if (random.nextInt(4) == 0) {
            writer.forget(item);
            expected.remove(item);
        } else {
            float[] vector = new float[DIMENSIONS];
            for (int i = 0; i < DIMENSIONS; i++) {
                vector[i] = random.nextFloat() - .5f;
            }
            writer.place(item, vector, origin(item));
            expected.put(item, vector);
        }
    }

    private static ItemOrigin origin(int item) {
        return item % 2 == 0 ? ItemOrigin.CONTENT : ItemOrigin.WATCHERS;
    }

    private static void assertAre(Map<Integer, float[]> expected, LiveVectors vectors, Similarity similarity) {
        int[] all = IntStream.range(0, ITEMS).toArray();
        float[] scores = new float[ITEMS];
        vectors.scores(QUERY, similarity, all, ITEMS, scores);
        for (int item = 0; item < ITEMS; item++) {
            float[] vector = expected.get(item);
            assertEquals(vector != null, vectors.holds(item), "item " + item + ", seed " + SEED);
            assertEquals(vector != null && item < STORED, vectors.replaced().get(item));
            if (vector != null) {
                assertArrayEquals(vector, vectors.vector(item));
                assertEquals(origin(item), vectors.origin(item));
                assertEquals(vectors.score(QUERY, similarity, item), scores[item]);
            } else {
                assertEquals(0, scores[item]); // left as it was
            }
        }
        TopK best = new TopK(ITEMS);
        vectors.offer(QUERY, similarity, ItemTest.ALL, SearchLimit.none(), best);
        Hits hits = best.drain(0, true);
        assertEquals(expected.size(), hits.size());
        for (int i = 0; i < hits.size(); i++) {
            assertEquals(scores[hits.items()[i]], hits.scores()[i]);
        }
    }

    @Test
    void many_segments_of_falling_size_do_not_become_too_many() {
        int item = 0;
        for (int publication = 0; publication < 200; publication++) {
            int size = publication % 2 == 0 ? 600 : 1;
            for (int i = 0; i < size; i++) {
                writer.place(item++, new float[DIMENSIONS], ItemOrigin.CONTENT);
            }
            LiveVectors now = writer.publish();
            assertTrue(
                    now.parts().size() <= LiveVectors.MOST_PARTS,
                    () -> now.parts().size() + " parts");
            assertTrue(now.holds(0) && now.holds(item - 1));
        }
    }
}
