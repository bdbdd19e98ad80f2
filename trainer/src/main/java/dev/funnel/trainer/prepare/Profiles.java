package dev.funnel.trainer.prepare;

import dev.funnel.bundle.UserTable;
import dev.funnel.inference.feature.FeatureValue;
import java.util.Map;

/** The user table's columns as the profile values that the gateway sends. */
public record Profiles(UserTable users) {
    /** The values of a row by column; missing ones are left out; -1 is an anonymous visitor, who has none. */
    public Map<String, FeatureValue> of(int user) {
        return new dev.funnel.inference.feature.Profiles(users).of(user);
    }
}
