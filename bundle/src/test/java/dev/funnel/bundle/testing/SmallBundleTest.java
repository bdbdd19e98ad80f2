package dev.funnel.bundle.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.History;
import dev.funnel.bundle.IntVector;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.bundle.UserTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the promises of the fixture that the tests of other modules rely on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmallBundleTest {
    private Bundle bundle;

    @BeforeAll
    void open(@TempDir Path root) throws Exception {
        bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)));
    }

    @AfterAll
    void close() {
        bundle.close();
    }

    @Test
    void it_has_every_standard_column() {
        assertEquals(ItemTable.STANDARD.keySet(), bundle.items().columns().keySet());
        assertEquals(UserTable.STANDARD.keySet(), bundle.users().columns().keySet());
    }

    @Test
    void its_known_items_and_users_are_as_documented() {
        int first = bundle.items().indexOf("item-00");
        for (String column : new String[] {"language", "country", "duration_seconds", "categories"}) {
            assertFalse(Objects.requireNonNull(bundle.items().column(column)).present(first), column);
        }
        TimeColumn expires = Objects.requireNonNull(bundle.items().time("expires_at"));
        assertEquals(
                SmallBundle.NOW.toEpochMilli(), expires.millis(bundle.items().indexOf("item-59")));
        assertEquals(
                0, bundle.users().history(bundle.users().indexOf("user-00")).size());
        History disliking = bundle.users().history(bundle.users().indexOf("user-01"));
        int disliked = Arrays.stream(disliking.items())
                .boxed()
                .toList()
                .indexOf(bundle.items().indexOf("item-06"));
        assertEquals(History.DISLIKE, disliking.kinds()[disliked]);
    }

    @Test
    void every_other_user_watched_distinct_items_newest_first() {
        for (int user = 1; user < SmallBundle.USERS; user++) {
            History history = bundle.users().history(user);
            assertTrue(history.size() >= 4, "user " + user);
            assertEquals(
                    history.size(), Arrays.stream(history.items()).distinct().count(), "user " + user);
            for (int i = 1; i < history.size(); i++) {
                assertTrue(history.timesMs()[i] < history.timesMs()[i - 1], "user " + user);
            }
        }
    }

    @Test
    void nearly_all_users_like_an_item_of_their_topic_best() throws Exception {
        TensorFile als = bundle.tensors("generators/als.safetensors");
        FloatMatrix items = als.floats("item_factors", SmallBundle.ITEMS, SmallBundle.DIMENSIONS);
        FloatMatrix users = als.floats("user_factors", SmallBundle.USERS, SmallBundle.DIMENSIONS);
        int right = 0;
        for (int user = 2; user < SmallBundle.USERS; user++) {
            float[] vector = users.row(user);
            int best = IntStream.range(0, SmallBundle.ITEMS)
                    .boxed()
                    .max(Comparator.comparingDouble(item -> dot(vector, items.row(item))))
                    .orElseThrow();
            right += user % SmallBundle.TOPICS == best % SmallBundle.TOPICS ? 1 : 0;
        }
        assertTrue(right >= 15, right + " of 18");
    }

    @Test
    void its_ranked_lists_hold_every_item_best_first() throws Exception {
        for (String list : new String[] {"popular", "newest"}) {
            TensorFile file = bundle.tensors("generators/" + list + ".safetensors");
            IntVector items = file.indexes("items", 0, SmallBundle.ITEMS);
            FloatMatrix scores = file.floats("scores", SmallBundle.ITEMS, 1);
            assertEquals(
                    SmallBundle.ITEMS, Arrays.stream(items.toArray()).distinct().count());
            for (int i = 1; i < SmallBundle.ITEMS; i++) {
                assertTrue(scores.get(i, 0) <= scores.get(i - 1, 0), list);
            }
        }
    }

    private static double dot(float[] left, float[] right) {
        return IntStream.range(0, left.length)
                .mapToDouble(k -> left[k] * right[k])
                .sum();
    }
}
