package dev.funnel.trainer.train;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.Column;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.TextColumn;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.bundle.UserTable;
import dev.funnel.inference.feature.FeatureValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The user table's profile columns as feature values. */
record Profiles(UserTable users) {

    /** The user's values by column; missing ones are left out. */
    Map<String, FeatureValue> of(int user) {
        Map<String, FeatureValue> profile = new HashMap<>();
        users.columns().forEach((name, column) -> add(name, column, user, profile));
        return profile;
    }

    private static void add(String name, Column column, int user, Map<String, FeatureValue> profile) {
        switch (column) {
            case CategoryColumn categories
            when categories.code(user) >= 0 ->
                profile.put(name, new FeatureValue.Text(categories.value(categories.code(user))));
            case NumberColumn numbers
            when numbers.present(user) -> profile.put(name, new FeatureValue.Number(numbers.value(user)));
            case CategoryListColumn lists
            when lists.count(user) > 0 -> profile.put(name, new FeatureValue.Texts(values(lists, user)));
            case CategoryColumn _, NumberColumn _, CategoryListColumn _, TextColumn _, TimeColumn _ -> {}
        }
    }

    private static List<String> values(CategoryListColumn lists, int user) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < lists.count(user); i++) {
            values.add(lists.value(lists.code(user, i)));
        }
        return values;
    }
}
