package dev.funnel.bundle.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.UserId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ItemChangeTest {
    @Test
    void positionsBeginAtOne() {
        assertEquals(1, ItemChange.remove(1, "v1").position());
        refused(() -> ItemChange.remove(0, "v1"), "position is 0, must be at least 1");
    }

    @Test
    void whatIsGivenIsCopied() {
        Map<String, ColumnValue> values = new HashMap<>(Map.of("title", new ColumnValue.Text("one")));
        Upsert upsert = Upsert.of(values);
        values.clear();

        assertEquals(Set.of("title"), upsert.values().keySet());
    }

    @Test
    void namesThatNoColumnHasAreRefused() {
        for (String name : List.of("id", "history", "Title", "a b", "", "x".repeat(65))) {
            refused(() -> Upsert.of(Map.of(name, new ColumnValue.Number(1))), "values: \"" + name + "\" must be [a-z]");
        }
    }

    @Test
    void moreValuesThanTheBoundAreRefused() {
        Map<String, ColumnValue> values = new HashMap<>();
        for (int i = 0; i < Upsert.MAX_VALUES; i++) {
            values.put("c" + i, new ColumnValue.Number(i));
        }
        assertEquals(80, Upsert.of(values).values().size());
        values.put("one_more", new ColumnValue.Number(0));
        refused(() -> Upsert.of(values), "values has 81 entries, at most 80");
    }

    @Test
    void moreWatchersThanTheBoundAreRefused() {
        List<UserId> watchers = Collections.nCopies(Upsert.MAX_WATCHERS + 1, new UserId("u"));
        refused(() -> new Upsert(Map.of(), Map.of(), watchers), "watched_by has 101 entries, at most 100");
    }

    @Test
    void withoutWatchersTheRestStays() {
        Upsert upsert = new Upsert(
                Map.of("title", new ColumnValue.Text("one")),
                Map.of("als", new ColumnValue.Vector(new float[] {1})),
                List.of(new UserId("u")));
        ItemChange kept = ItemChange.upsert(7, "a", upsert).withoutWatchers();
        assertEquals(ItemChange.upsert(7, "a", new Upsert(upsert.values(), upsert.vectors())), kept);
        assertEquals(ItemChange.remove(8, "a"), ItemChange.remove(8, "a").withoutWatchers());
    }

    @Test
    void valuesOutOfBoundsAreRefused() {
        refused(() -> new ColumnValue.Number(1e39), "1.0E39 must be finite as a 32-bit float");
        refused(() -> new ColumnValue.Text("é".repeat(513)), "a text of 1026 bytes, at most 1024 are allowed");
        refused(() -> new ColumnValue.Texts(List.of("")), "a category must not be empty");
        refused(
                () -> new ColumnValue.Texts(Collections.nCopies(65, "a")),
                "65 categories are too many, at most 64 are allowed");
        refused(() -> new ColumnValue.Texts(List.of("a".repeat(129))), "a text of 129 bytes, at most 128 are allowed");
        refused(() -> new ColumnValue.Time(Long.MIN_VALUE), Long.MIN_VALUE + " stands for a missing instant");
        refused(() -> new ColumnValue.Vector(new float[0]), "a vector of 0 values, must have 1 to 4096");
        refused(() -> new ColumnValue.Vector(new float[] {1, Float.NaN}), "value 1 of a vector is NaN, not finite");
    }

    @Test
    void vectorsAreComparedByValue() {
        assertEquals(new ColumnValue.Vector(new float[] {1, 2}), new ColumnValue.Vector(new float[] {1, 2}));
        assertNotEquals(new ColumnValue.Vector(new float[] {1, 2}), new ColumnValue.Vector(new float[] {1, 3}));
    }

    private static void refused(Executable making, String message) {
        String refusal = String.valueOf(
                assertThrows(IllegalArgumentException.class, making).getMessage());
        assertTrue(refusal.startsWith(message), refusal);
    }
}
