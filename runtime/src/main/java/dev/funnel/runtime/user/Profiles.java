package dev.funnel.runtime.user;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.Column;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.TextColumn;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.bundle.UserTable;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.FeatureValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A row of the user table as profile values by column. What is missing is left out, and so is what the contract has no room for:
 * texts longer than a profile value may be, and columns and list entries beyond their bounds. Instants are milliseconds since
 * 1970-01-01T00:00:00Z.
 */
final class Profiles {
    private Profiles() {}

    static Map<String, FeatureValue> of(UserTable users, int row) {
        Map<String, FeatureValue> profile = new LinkedHashMap<>();
        users.columns().forEach((name, column) -> {
            FeatureValue value = column.present(row) ? value(column, row) : new FeatureValue.Missing();
            if (!(value instanceof FeatureValue.Missing) && profile.size() < Bounds.FEATURES) {
                profile.put(name, value);
            }
        });
        return profile;
    }

    /** What a list column of texts says of a user; nothing where there is no such column. */
    static List<String> listed(UserTable users, int row, String column, int most) {
        return users.column(column) instanceof CategoryListColumn list
                ? values(list, row).limit(most).toList()
                : List.of();
    }

    private static FeatureValue value(Column column, int row) {
        return switch (column) {
            case CategoryColumn category -> text(category.value(category.code(row)));
            case TextColumn text -> text(text.value(row));
            case NumberColumn number -> new FeatureValue.Number(number.value(row));
            case TimeColumn time -> new FeatureValue.Number(time.millis(row));
            case CategoryListColumn list ->
                new FeatureValue.Texts(
                        values(list, row).limit(Bounds.FEATURE_TEXTS).toList());
        };
    }

    private static FeatureValue text(String value) {
        return fits(value) ? new FeatureValue.Text(value) : new FeatureValue.Missing();
    }

    private static Stream<String> values(CategoryListColumn list, int row) {
        return IntStream.range(0, list.count(row))
                .mapToObj(i -> list.value(list.code(row, i)))
                .filter(Profiles::fits);
    }

    private static boolean fits(String value) {
        return !value.isEmpty() && value.getBytes(StandardCharsets.UTF_8).length <= Bounds.ID_BYTES;
    }
}
