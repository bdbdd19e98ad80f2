package dev.funnel.bundle.log;

import java.util.Map;
import java.util.Optional;

/** The field numbers of {@code funnel.gateway.v1.ItemLogEntry} and of what it is made of; a test holds them to the contract. */
final class EntryFields {
    // ItemLogEntry
    static final int POSITION = 1;
    static final int TIME = 2;
    static final int UPSERT = 3;
    static final int REMOVE_ITEM_ID = 4;

    // Item
    static final int ITEM_ID = 1;
    static final int CATEGORIES = 3;
    static final int PUBLISHED_AT = 7;
    static final int EXPIRES_AT = 8;
    static final int DURATION_SECONDS = 9;
    static final int MATURITY = 10;
    static final int COLUMNS = 11;
    static final int TIMES = 12;
    static final int VECTORS = 13;
    static final int WATCHED_BY = 14;

    /** The columns that have a field of their own. */
    static final Map<String, Integer> STANDARD = Map.of(
            "title", 2,
            "categories", CATEGORIES,
            "uploader", 4,
            "language", 5,
            "country", 6,
            "published_at", PUBLISHED_AT,
            "expires_at", EXPIRES_AT,
            "duration_seconds", DURATION_SECONDS,
            "maturity", MATURITY);

    // FeatureValue
    static final int VALUE_TEXT = 1;
    static final int VALUE_NUMBER = 2;
    static final int VALUE_TEXTS = 3;

    // TextList, ItemVector
    static final int LIST_VALUES = 1;

    // entries of maps
    static final int MAP_KEY = 1;
    static final int MAP_VALUE = 2;

    // google.protobuf.Timestamp
    static final int SECONDS = 1;
    static final int NANOS = 2;

    private EntryFields() {}

    static boolean isText(int field) {
        return field == 2 || (field >= 4 && field <= 6);
    }

    static boolean isTime(int field) {
        return field == PUBLISHED_AT || field == EXPIRES_AT;
    }

    /** The standard column of a field of {@code Item}, if it is one. */
    static Optional<String> column(int field) {
        return STANDARD.entrySet().stream()
                .filter(entry -> entry.getValue() == field)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
