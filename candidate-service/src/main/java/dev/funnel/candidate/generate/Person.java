package dev.funnel.candidate.generate;

import dev.funnel.bundle.History;
import dev.funnel.bundle.UserTable;
import dev.funnel.inference.Tower;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.feature.Profiles;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.DeviceType;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, where and when, as networks read it. A number that is no 32-bit float is read as missing.
 *
 * @param profile values by column of the user table
 * @param context country, language, device and further values by name
 * @param timeMs milliseconds since 1970; 0: unknown
 */
public record Person(Map<String, FeatureValue> profile, Map<String, FeatureValue> context, long timeMs) {
    /** Nobody, nowhere. */
    public static final Person UNKNOWN = new Person(Map.of(), Map.of(), 0);

    public Person {
        profile = Map.copyOf(profile);
        context = Map.copyOf(context);
    }

    /** Someone with a row of the user table, of whom nothing else is known; -1: nobody. */
    public static Person known(UserTable users, int row) {
        return new Person(new Profiles(users).of(row), Map.of(), 0);
    }

    static Person of(UserState user, Query query) {
        Context from = query.context();
        Map<String, FeatureValue> context = values(from.extra());
        put(context, "country", from.country());
        put(context, "language", from.language());
        if (from.device() != DeviceType.UNKNOWN) {
            put(context, "device", from.device().name().toLowerCase(Locale.ROOT));
        }
        return new Person(values(user.profile()), context, from.time() == null ? 0 : from.timeMillis());
    }

    /** What a tower of people is asked. */
    RankingInput with(History history) {
        return RankingInput.ofPerson(timeMs, Tower.profile(profile), context, history, 0);
    }

    /** The same person at the beginning of the hour: of the time, readings of a request see only the hour and the day. */
    Person inTheHour() {
        return new Person(
                profile,
                context,
                timeMs - Math.floorMod(timeMs, Duration.ofHours(1).toMillis()));
    }

    private static void put(Map<String, FeatureValue> values, String name, String text) {
        if (!text.isEmpty()) {
            values.put(name, new FeatureValue.Text(text));
        }
    }

    private static Map<String, FeatureValue> values(Map<String, dev.funnel.runtime.wire.FeatureValue> wire) {
        Map<String, FeatureValue> values = new HashMap<>();
        wire.forEach((name, value) -> {
            FeatureValue read = value(value);
            if (read != null) {
                values.put(name, read);
            }
        });
        return values;
    }

    private static @Nullable FeatureValue value(dev.funnel.runtime.wire.FeatureValue wire) {
        return switch (wire) {
            case dev.funnel.runtime.wire.FeatureValue.Text text -> new FeatureValue.Text(text.value());
            case dev.funnel.runtime.wire.FeatureValue.Texts texts -> new FeatureValue.Texts(texts.values());
            case dev.funnel.runtime.wire.FeatureValue.Number number ->
                Float.isFinite((float) number.value()) ? new FeatureValue.Number(number.value()) : null;
            case dev.funnel.runtime.wire.FeatureValue.Missing missing -> null;
        };
    }
}
