package dev.funnel.ranking.feature;

import dev.funnel.bundle.ItemTable;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Unclicked;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.DeviceType;
import dev.funnel.runtime.wire.ImpressionCounts;
import dev.funnel.runtime.wire.Nomination;
import dev.funnel.runtime.wire.UserState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads user state, context and pool of a request as the feature transform takes them, ids as item indexes. */
public final class RankingInputs {
    private static final int[] AS_IF_SHOWN_FIRST = {};

    private RankingInputs() {}

    /** @throws CallerError for a number that is no 32-bit float, naming the field */
    public static RankingInput of(UserState user, Context context, Candidates candidates, ItemTable items) {
        return new RankingInput(
                        context.timeMillis(),
                        values("user.profile", user.profile()),
                        context(context),
                        user.history(items),
                        unclicked(user.unclicked(), items),
                        candidates.itemIds().stream().mapToInt(items::indexOf).toArray(),
                        candidates.nominations().stream()
                                .map(nomination -> signals(nomination, candidates.size()))
                                .toList(),
                        AS_IF_SHOWN_FIRST)
                .forUser(user.userId());
    }

    private static Map<String, FeatureValue> context(Context context) {
        Map<String, FeatureValue> values = values("query.context.extra", context.extra());
        if (!context.country().isEmpty()) {
            values.put("country", new FeatureValue.Text(context.country()));
        }
        if (!context.language().isEmpty()) {
            values.put("language", new FeatureValue.Text(context.language()));
        }
        if (context.device() != DeviceType.UNKNOWN) {
            values.put("device", new FeatureValue.Text(context.device().name().toLowerCase(Locale.ROOT)));
        }
        return values;
    }

    private static Map<String, FeatureValue> values(
            String field, Map<String, dev.funnel.runtime.wire.FeatureValue> wire) {
        Map<String, FeatureValue> values = new HashMap<>();
        wire.forEach((name, value) -> {
            FeatureValue read = value(field + "[" + CallerError.shown(name) + "]", value);
            if (read != null) {
                values.put(name, read);
            }
        });
        return values;
    }

    private static @Nullable FeatureValue value(String field, dev.funnel.runtime.wire.FeatureValue wire) {
        return switch (wire) {
            case dev.funnel.runtime.wire.FeatureValue.Text text -> new FeatureValue.Text(text.value());
            case dev.funnel.runtime.wire.FeatureValue.Texts texts -> new FeatureValue.Texts(texts.values());
            case dev.funnel.runtime.wire.FeatureValue.Number number -> number(field, number.value());
            case dev.funnel.runtime.wire.FeatureValue.Missing missing -> null;
        };
    }

    private static FeatureValue number(String field, double value) {
        if (!Float.isFinite((float) value)) {
            throw new CallerError(field + ".number", value, "must be finite as a 32-bit float");
        }
        return new FeatureValue.Number(value);
    }

    /** Nothing counted and nothing said look alike on the wire; both are read as unknown. */
    private static @Nullable Unclicked unclicked(ImpressionCounts counts, ItemTable items) {
        int[] indexes = new int[counts.itemIds().size()];
        int[] times = new int[indexes.length];
        int known = 0;
        for (int i = 0; i < indexes.length; i++) {
            int index = items.indexOf(counts.itemIds().get(i));
            if (index >= 0) {
                indexes[known] = index;
                times[known++] = counts.counts()[i];
            }
        }
        return indexes.length == 0 ? null : new Unclicked(Arrays.copyOf(indexes, known), Arrays.copyOf(times, known));
    }

    /** A generator that cannot score what it does not nominate has scores for its nominations only. */
    private static GeneratorSignals signals(Nomination nomination, int candidates) {
        boolean[] nominated = new boolean[candidates];
        int[] places = new int[candidates];
        float[] scores = nomination.poolScores();
        if (scores.length == 0) {
            scores = new float[candidates];
            Arrays.fill(scores, Float.NaN);
            for (int i = 0; i < nomination.size(); i++) {
                scores[nomination.positions()[i]] = nomination.scores()[i];
            }
        }
        for (int i = 0; i < nomination.size(); i++) {
            nominated[nomination.positions()[i]] = true;
            places[nomination.positions()[i]] = i + 1;
        }
        return new GeneratorSignals(nomination.generator(), scores, nominated, places);
    }
}
