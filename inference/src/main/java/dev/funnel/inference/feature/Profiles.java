package dev.funnel.inference.feature;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.Column;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.TextColumn;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.bundle.UserTable;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The user table's columns as profile values: what the gateway sends of a user that the bundle knows. */
public record Profiles(UserTable users) {
    /** The values of a row by column; missing ones are left out; -1 is an anonymous visitor, who has none. */
    public Map<String, FeatureValue> of(int user) {
        Map<String, FeatureValue> profile = new HashMap<>();
        if (user >= 0) {
            users.columns().forEach((name, column) -> {
                if (column.present(user)) {
                    put(profile, name, column, user);
                }
            });
        }
        return profile;
    }

    private static void put(Map<String, FeatureValue> profile, String name, Column column, int user) {
        switch (column) {
            case CategoryColumn categories ->
                profile.put(name, new FeatureValue.Text(categories.value(categories.code(user))));
            case CategoryListColumn lists ->
                profile.put(
                        name,
                        new FeatureValue.Texts(IntStream.range(0, lists.count(user))
                                .mapToObj(i -> lists.value(lists.code(user, i)))
                                .toList()));
            case NumberColumn numbers -> profile.put(name, new FeatureValue.Number(numbers.value(user)));
            case TextColumn texts -> {}
            case TimeColumn times -> {}
        }
    }
}
