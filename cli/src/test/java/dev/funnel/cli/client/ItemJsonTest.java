package dev.funnel.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.funnel.proto.gateway.v1.Item;
import dev.funnel.proto.gateway.v1.ItemLogEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemJsonTest {
    private static final String LINE = """
            {"item_id":"v1","title":"One","categories":["a","b"],"published_at":"2026-01-02T03:04:05Z","duration_seconds":12.5,\
            "maturity":16,"mood":"calm","loudness":-3.5,"tags":["x"],"times":{"seen_at":"2026-01-02T03:04:05.006Z"},\
            "vectors":{"als":[0.5,-1.0]},"watched_by":["u1","u2"]}""";

    @Test
    void a_line_becomes_an_item_and_an_entry_shows_the_same_line() throws Exception {
        Item item = ItemJson.item(LINE);
        assertEquals("calm", item.getColumnsOrThrow("mood").getText());
        assertEquals(-3.5, item.getColumnsOrThrow("loudness").getNumber());
        assertEquals(16, item.getMaturity());
        assertEquals(List.of("u1", "u2"), item.getWatchedByList());
        ObjectMapper json = new ObjectMapper();
        ItemLogEntry entry =
                ItemLogEntry.newBuilder().setPosition(3).setUpsert(item).build();
        assertEquals(
                json.readTree("{\"position\":3,\"time\":\"1970-01-01T00:00:00Z\",\"upsert\":" + LINE + "}"),
                json.readTree(json.writeValueAsString(ItemJson.entry(entry))));
    }

    @Test
    void what_is_no_item_is_refused_naming_the_field_the_value_and_the_rule() {
        assertRefused("[1]", "must be a JSON object");
        assertRefused("{\"item_id\":1}", "item_id: 1 must be a text");
        assertRefused("{\"published_at\":\"yesterday\"}", "published_at: \"yesterday\" must be an instant");
        assertRefused("{\"vectors\":{\"als\":[\"x\"]}}", "als: \"x\" must be a number");
        assertRefused("{\"item_id\":", "must be a JSON object: ");
    }

    private static void assertRefused(String line, String why) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> ItemJson.item(line))
                .getMessage());
        assertTrue(message.contains(why), message);
    }
}
