package dev.funnel.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Timestamp;
import dev.funnel.proto.common.v1.FeatureValue;
import dev.funnel.proto.common.v1.TextList;
import dev.funnel.proto.gateway.v1.Item;
import dev.funnel.proto.gateway.v1.ItemLogEntry;
import dev.funnel.proto.gateway.v1.ItemVector;
import dev.funnel.runtime.wire.WireTimes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Items as lines of JSON, as the trainer reads them: {@code {"item_id": "v1", "title": "...", "categories": ["..."], "published_at":
 * "2026-01-02T03:04:05Z", "any_column": 3}}. Beside the columns, {@code times} has further columns of instants by name and
 * {@code vectors} the item's vectors by generator, and {@code watched_by} is who watched it, by user id.
 */
public final class ItemJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ItemJson() {}

    /** @throws IllegalArgumentException if a line is no item, saying why */
    public static Item item(String line) {
        JsonNode object = read(line);
        Item.Builder item = Item.newBuilder();
        object.properties().forEach(entry -> put(item, entry.getKey(), entry.getValue()));
        return item.build();
    }

    /** An entry of the item log for programs. */
    public static Map<String, Object> entry(ItemLogEntry entry) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("position", entry.getPosition());
        object.put("time", WireTimes.instant("time", entry.getTime()).toString());
        if (entry.hasUpsert()) {
            object.put("upsert", item(entry.getUpsert()));
        } else {
            object.put("remove", entry.getRemoveItemId());
        }
        return object;
    }

    private static void put(Item.Builder item, String name, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        switch (name) {
            case "item_id" -> item.setItemId(text(name, value));
            case "title" -> item.setTitle(text(name, value));
            case "categories" -> item.addAllCategories(texts(name, value));
            case "uploader" -> item.setUploader(text(name, value));
            case "language" -> item.setLanguage(text(name, value));
            case "country" -> item.setCountry(text(name, value));
            case "published_at" -> item.setPublishedAt(time(name, value));
            case "expires_at" -> item.setExpiresAt(time(name, value));
            case "duration_seconds" -> item.setDurationSeconds(number(name, value));
            case "maturity" -> item.setMaturity((int) number(name, value));
            case "times" ->
                value.properties().forEach(of -> item.putTimes(of.getKey(), time(of.getKey(), of.getValue())));
            case "vectors" ->
                value.properties().forEach(of -> item.putVectors(of.getKey(), vector(of.getKey(), of.getValue())));
            case "watched_by" -> item.addAllWatchedBy(texts(name, value));
            default -> item.putColumns(name, column(name, value));
        }
    }

    private static FeatureValue column(String name, JsonNode value) {
        FeatureValue.Builder column = FeatureValue.newBuilder();
        if (value.isNumber()) {
            column.setNumber(value.doubleValue());
        } else if (value.isBoolean()) {
            column.setNumber(value.booleanValue() ? 1 : 0);
        } else if (value.isArray()) {
            column.setTexts(TextList.newBuilder().addAllValues(texts(name, value)));
        } else {
            column.setText(text(name, value));
        }
        return column.build();
    }

    private static ItemVector vector(String name, JsonNode value) {
        ItemVector.Builder vector = ItemVector.newBuilder();
        value.forEach(number -> vector.addValues((float) number(name, number)));
        return vector.build();
    }

    private static String text(String name, JsonNode value) {
        return checked(value.isTextual(), name, value, "a text").textValue();
    }

    private static double number(String name, JsonNode value) {
        return checked(value.isNumber(), name, value, "a number").doubleValue();
    }

    private static List<String> texts(String name, JsonNode value) {
        checked(value.isArray(), name, value, "a list of texts");
        return StreamSupport.stream(value.spliterator(), false)
                .map(text -> text(name, text))
                .toList();
    }

    private static Timestamp time(String name, JsonNode value) {
        try {
            return WireTimes.timestamp(Instant.parse(text(name, value)));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + ": " + value + " must be an instant as 2026-01-02T03:04:05Z", e);
        }
    }

    private static JsonNode checked(boolean holds, String name, JsonNode value, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " must be " + wanted);
        }
        return value;
    }

    private static JsonNode read(String line) {
        try {
            JsonNode object = JSON.readTree(line);
            if (!object.isObject()) {
                throw new IllegalArgumentException("must be a JSON object");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("must be a JSON object: " + e.getOriginalMessage(), e);
        }
    }

    private static Map<String, Object> item(Item item) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("item_id", item.getItemId());
        putText(object, "title", item.getTitle());
        if (item.getCategoriesCount() > 0) {
            object.put("categories", List.copyOf(item.getCategoriesList()));
        }
        putText(object, "uploader", item.getUploader());
        putText(object, "language", item.getLanguage());
        putText(object, "country", item.getCountry());
        if (item.hasPublishedAt()) {
            object.put("published_at", instant("published_at", item.getPublishedAt()));
        }
        if (item.hasExpiresAt()) {
            object.put("expires_at", instant("expires_at", item.getExpiresAt()));
        }
        if (item.hasDurationSeconds()) {
            object.put("duration_seconds", item.getDurationSeconds());
        }
        if (item.hasMaturity()) {
            object.put("maturity", item.getMaturity());
        }
        item.getColumnsMap().forEach((name, value) -> object.put(name, plain(value)));
        putMap(object, "times", item.getTimesMap(), time -> instant("times", time));
        putMap(object, "vectors", item.getVectorsMap(), vector -> List.copyOf(vector.getValuesList()));
        if (item.getWatchedByCount() > 0) {
            object.put("watched_by", List.copyOf(item.getWatchedByList()));
        }
        return object;
    }

    private static <V> void putMap(
            Map<String, Object> object, String name, Map<String, V> map, Function<V, Object> plain) {
        if (!map.isEmpty()) {
            Map<String, Object> values = new LinkedHashMap<>();
            map.forEach((key, value) -> values.put(key, plain.apply(value)));
            object.put(name, values);
        }
    }

    private static void putText(Map<String, Object> object, String name, String text) {
        if (!text.isEmpty()) {
            object.put(name, text);
        }
    }

    private static Object instant(String name, Timestamp time) {
        return WireTimes.instant(name, time).toString();
    }

    private static Object plain(FeatureValue value) {
        return switch (value.getKindCase()) {
            case TEXT -> value.getText();
            case NUMBER -> value.getNumber();
            case TEXTS -> List.copyOf(value.getTexts().getValuesList());
            case KIND_NOT_SET -> "";
        };
    }
}
