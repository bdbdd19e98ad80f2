package dev.funnel.trainer.generate;

import dev.funnel.bundle.History;
import dev.funnel.inference.feature.FeatureValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who asks a generator, when and where.
 *
 * @param row the user whose trained vector is asked with, as serving does where it knows of nothing newer; -1: what the user did is
 *     all there is
 * @param history what the user had done before {@code timeMs}, newest first
 * @param profile the user's values by column
 * @param context of the request: country, language, device
 * @param timeMs milliseconds since 1970; 0 is unknown
 */
public record Asker(
        int row, History history, Map<String, FeatureValue> profile, Map<String, FeatureValue> context, long timeMs) {

    private static final Set<String> HOME = Set.of("country", "language");

    /** Someone who asks from home: country and language are those of the profile. */
    public static Asker atHome(History history, Map<String, FeatureValue> profile, long timeMs) {
        Map<String, FeatureValue> context = new HashMap<>(profile);
        context.keySet().retainAll(HOME);
        return new Asker(-1, history, profile, context, timeMs);
    }

    /** The same by the trained vector of a user. */
    public Asker trained(int user) {
        return new Asker(user, history, profile, context, timeMs);
    }
}
