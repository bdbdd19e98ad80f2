package dev.funnel.candidate.generate;

import dev.funnel.retrieval.cold.Profile;
import dev.funnel.runtime.wire.FeatureValue;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who asks, from where and when, beside what was done.
 *
 * @param profile values by column of the user table
 * @param country of the request, or else of the profile; empty: unknown
 * @param language of the request, or else of the profile; empty: unknown
 * @param timeMs milliseconds since 1970; 0: unknown
 * @param followedUploaders uploaders the user follows: those sent, and those of the profile's column {@code followed_uploaders}
 */
public record Circumstances(
        Profile profile, String country, String language, long timeMs, Set<String> followedUploaders) {

    /** Nothing known. */
    public static final Circumstances UNKNOWN = new Circumstances(Profile.UNKNOWN, "", "", 0, Set.of());

    private static final String FOLLOWED = "followed_uploaders";

    static Circumstances of(UserState user, Query query) {
        Profile profile = profile(user.profile());
        Instant time = query.context().time();
        Set<String> followed = new LinkedHashSet<>(user.followedUploaders());
        followed.addAll(profile.texts().getOrDefault(FOLLOWED, List.of()));
        return new Circumstances(
                profile,
                either(query.context().country(), profile.text("country")),
                either(query.context().language(), profile.text("language")),
                time == null ? 0 : time.toEpochMilli(),
                followed);
    }

    private static Profile profile(Map<String, FeatureValue> values) {
        Map<String, List<String>> texts = new HashMap<>();
        Map<String, Double> numbers = new HashMap<>();
        values.forEach((column, value) -> {
            switch (value) {
                case FeatureValue.Text text -> texts.put(column, List.of(text.value()));
                case FeatureValue.Texts several -> texts.put(column, several.values());
                case FeatureValue.Number number -> numbers.put(column, number.value());
                case FeatureValue.Missing missing -> {}
            }
        });
        return new Profile(texts, numbers);
    }

    private static String either(String first, String second) {
        return first.isEmpty() ? second : first;
    }
}
