package dev.funnel.runtime.wire;

import dev.funnel.bundle.ItemId;
import dev.funnel.bundle.UserId;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.proto.gateway.v1.Item;
import dev.funnel.proto.gateway.v1.ItemLogEntry;
import dev.funnel.proto.gateway.v1.ItemVector;
import dev.funnel.runtime.error.CallerError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads items and entries of the item log into plain records; see {@link FromWire} for how a bound is refused. */
public final class ItemsFromWire {
    private static final int FURTHER_COLUMNS = 64;

    private ItemsFromWire() {}

    /** What an item is given. Whether a bundle has the columns is not asked here. */
    public static Upsert upsert(String field, Item wire) {
        Map<String, ColumnValue> values = new LinkedHashMap<>();
        text(values, field, "title", wire.getTitle(), ColumnValue.MAX_TEXT_BYTES);
        Bounds.ids(field + ".categories", wire.getCategoriesList(), ColumnValue.MAX_CATEGORIES);
        if (wire.getCategoriesCount() > 0) {
            values.put("categories", new ColumnValue.Texts(wire.getCategoriesList()));
        }
        text(values, field, "uploader", wire.getUploader(), Bounds.ID_BYTES);
        text(values, field, "language", wire.getLanguage(), Bounds.ID_BYTES);
        text(values, field, "country", wire.getCountry(), Bounds.ID_BYTES);
        if (wire.hasPublishedAt()) {
            values.put("published_at", time(field + ".published_at", wire.getPublishedAt()));
        }
        if (wire.hasExpiresAt()) {
            values.put("expires_at", time(field + ".expires_at", wire.getExpiresAt()));
        }
        if (wire.hasDurationSeconds()) {
            values.put("duration_seconds", duration(field + ".duration_seconds", wire.getDurationSeconds()));
        }
        if (wire.hasMaturity()) {
            values.put("maturity", new ColumnValue.Number(Integer.toUnsignedLong(wire.getMaturity())));
        }
        further(values, field, wire);
        return upsert(
                field,
                values,
                vectors(field + ".vectors", wire.getVectorsMap()),
                Bounds.ids(field + ".watched_by", wire.getWatchedByList(), Upsert.MAX_WATCHERS));
    }

    /** An entry of the log. */
    public static ItemChange entry(ItemLogEntry wire) {
        String field = "entries[" + wire.getPosition() + "]";
        return switch (wire.getChangeCase()) {
            case UPSERT ->
                new ItemChange(
                        wire.getPosition(),
                        new ItemId(Bounds.requiredId(
                                field + ".upsert.item_id", wire.getUpsert().getItemId())),
                        upsert(field + ".upsert", wire.getUpsert()));
            case REMOVE_ITEM_ID ->
                new ItemChange(
                        wire.getPosition(),
                        new ItemId(Bounds.requiredId(field + ".remove_item_id", wire.getRemoveItemId())),
                        new ItemChange.Remove());
            case CHANGE_NOT_SET -> throw new CallerError(field, "no change", "must be an upsert or a removal");
        };
    }

    private static void text(Map<String, ColumnValue> values, String field, String column, String text, int bytes) {
        if (!text.isEmpty()) {
            values.put(column, new ColumnValue.Text(Bounds.text(field + "." + column, text, bytes)));
        }
    }

    private static ColumnValue duration(String field, double seconds) {
        if (Bounds.finite(field, seconds) < 0) {
            throw new CallerError(field, seconds, "must not be negative");
        }
        return number(field, seconds);
    }

    private static void further(Map<String, ColumnValue> values, String field, Item wire) {
        if (wire.getColumnsCount() + wire.getTimesCount() > FURTHER_COLUMNS) {
            throw new CallerError(
                    field + ".columns",
                    wire.getColumnsCount() + wire.getTimesCount() + " entries with times",
                    "must be at most " + FURTHER_COLUMNS + " entries");
        }
        wire.getColumnsMap().forEach((name, value) -> {
            String at = field + ".columns[" + CallerError.shown(name) + "]";
            put(values, at, name, feature(at, value));
        });
        wire.getTimesMap().forEach((name, value) -> {
            String at = field + ".times[" + CallerError.shown(name) + "]";
            put(values, at, name, time(at, value));
        });
    }

    private static void put(Map<String, ColumnValue> values, String field, String name, ColumnValue value) {
        if (values.putIfAbsent(name, value) != null) {
            throw new CallerError(field, name, "must be given once");
        }
    }

    private static ColumnValue feature(String field, dev.funnel.proto.common.v1.FeatureValue wire) {
        return switch (wire.getKindCase()) {
            case TEXT -> new ColumnValue.Text(Bounds.text(field + ".text", wire.getText(), ColumnValue.MAX_TEXT_BYTES));
            case NUMBER -> number(field + ".number", wire.getNumber());
            case TEXTS ->
                new ColumnValue.Texts(Bounds.ids(
                        field + ".texts.values", wire.getTexts().getValuesList(), ColumnValue.MAX_CATEGORIES));
            case KIND_NOT_SET -> throw new CallerError(field, "no value", "must have a value");
        };
    }

    private static ColumnValue number(String field, double value) {
        if (!Float.isFinite((float) value)) {
            throw new CallerError(field, value, "must be finite as a 32-bit float");
        }
        return new ColumnValue.Number(value);
    }

    private static ColumnValue time(String field, com.google.protobuf.Timestamp wire) {
        return new ColumnValue.Time(WireTimes.instant(field, wire).toEpochMilli());
    }

    private static Map<String, ColumnValue.Vector> vectors(String field, Map<String, ItemVector> wire) {
        Bounds.atMost(field, wire.keySet(), Upsert.MAX_VECTORS);
        Map<String, ColumnValue.Vector> vectors = new LinkedHashMap<>();
        wire.forEach((name, vector) -> {
            String at = field + "[" + CallerError.shown(name) + "].values";
            if (vector.getValuesCount() < 1 || vector.getValuesCount() > ColumnValue.MAX_DIMENSIONS) {
                throw new CallerError(
                        at, vector.getValuesList(), "must be 1 to " + ColumnValue.MAX_DIMENSIONS + " entries");
            }
            vectors.put(
                    name, new ColumnValue.Vector(Bounds.finite(at, vector.getValuesList(), vector.getValuesCount())));
        });
        return vectors;
    }

    /** Names of columns and generators are checked by the record itself. */
    private static Upsert upsert(
            String field,
            Map<String, ColumnValue> values,
            Map<String, ColumnValue.Vector> vectors,
            List<String> watchers) {
        try {
            return new Upsert(
                    values, vectors, watchers.stream().map(UserId::new).toList());
        } catch (IllegalArgumentException e) {
            throw new CallerError(field, "an item", String.valueOf(e.getMessage()));
        }
    }
}
