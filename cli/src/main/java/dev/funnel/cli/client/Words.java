package dev.funnel.cli.client;

import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.ItemOrigin;
import dev.funnel.proto.common.v1.QueryOrigin;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.common.v1.TraceVerdict;
import java.util.Locale;

/** The contract's enum values as words: {@code STAGE_GATEWAY} is "gateway". */
public final class Words {

    private Words() {}

    public static String of(Stage stage) {
        return word("STAGE_", stage);
    }

    public static String of(DegradationKind kind) {
        return word("DEGRADATION_KIND_", kind);
    }

    public static String of(TraceVerdict verdict) {
        return word("TRACE_VERDICT_", verdict);
    }

    public static String of(QueryOrigin origin) {
        return origin == QueryOrigin.QUERY_ORIGIN_UNSPECIFIED ? "list" : word("QUERY_ORIGIN_", origin);
    }

    public static String of(ItemOrigin origin) {
        return origin == ItemOrigin.ITEM_ORIGIN_UNSPECIFIED ? "trained" : word("ITEM_ORIGIN_", origin);
    }

    private static String word(String prefix, Enum<?> value) {
        return value.name()
                .substring(value.name().startsWith(prefix) ? prefix.length() : 0)
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
    }
}
