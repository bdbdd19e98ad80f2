package dev.funnel.reranker.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.funnel.bundle.ColumnKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables that expressions may use, with their types; docs/policies.md lists them. */
final class Declarations {
    private static final ListType TEXTS = ListType.create(SimpleType.STRING);

    private Declarations() {}

    /** All of them: those of the item's columns, and those that every bundle has. */
    static Map<String, CelType> of(Map<String, ColumnKind> columns) {
        Map<String, CelType> types = new LinkedHashMap<>();
        types.put("item.id", SimpleType.STRING);
        types.put("item.age_seconds", SimpleType.DOUBLE);
        columns.forEach((name, kind) -> types.put("item." + name, type(kind)));
        types.put("query.user_id", SimpleType.STRING);
        types.put("query.seed_item_id", SimpleType.STRING);
        types.put("query.country", SimpleType.STRING);
        types.put("query.language", SimpleType.STRING);
        types.put("query.device", SimpleType.STRING);
        types.put("query.time", SimpleType.TIMESTAMP);
        types.put("query.extra", MapType.create(SimpleType.STRING, SimpleType.DYN));
        types.put("user.known", SimpleType.BOOL);
        types.put("user.profile", MapType.create(SimpleType.STRING, SimpleType.DYN));
        types.put("user.followed_uploaders", TEXTS);
        types.put("score", SimpleType.DOUBLE);
        types.put("scores", MapType.create(SimpleType.STRING, SimpleType.DOUBLE));
        types.put("click_bait", SimpleType.DOUBLE);
        return types;
    }

    private static CelType type(ColumnKind kind) {
        return switch (kind) {
            case TEXT, CATEGORY -> SimpleType.STRING;
            case CATEGORY_LIST -> TEXTS;
            case NUMBER -> SimpleType.DOUBLE;
            case TIME -> SimpleType.TIMESTAMP;
        };
    }
}
