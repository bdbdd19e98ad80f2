package dev.funnel.inference.feature;

import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.schema.InvalidSchemaException;
import dev.funnel.bundle.schema.NumberFeature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compiles number features that all candidates of a request share into readers. */
final class RequestReaders {
    private final FeatureStore store;

    RequestReaders(FeatureStore store) {
        this.store = store;
    }

    RequestReader of(NumberFeature feature) {
        String of = Objects.requireNonNullElse(feature.of(), "");
        return switch (feature.from()) {
            case PROFILE -> request -> number(request.input().profile().get(of));
            case CONTEXT -> request -> number(request.input().context().get(of));
            case HISTORY_COUNT -> request -> request.recent().size();
            case HISTORY_MEAN -> historyMean(feature.name(), of);
            case HISTORY_WATCHED_SHARE -> request -> request.recent().meanWatchedShare();
            case HOUR_OF_DAY -> request -> hourOfDay(request.input());
            case DAY_OF_WEEK -> request -> dayOfWeek(request.input());
            case EXAMPLE_AGE -> request -> request.input().exampleAgeSeconds();
            case HISTORY_ITEMS,
                    HISTORY_COLUMN,
                    USER_ID,
                    HISTORY_VECTOR,
                    ID,
                    COLUMN,
                    VECTOR,
                    STATISTIC,
                    AGE,
                    RECENT_SHARE,
                    RECENT_COUNT,
                    SINCE_LAST,
                    WATCHED_SHARE,
                    MATCH,
                    COSINE,
                    DOT,
                    UNCLICKED,
                    SCORE,
                    NOMINATED,
                    NOMINATED_PLACE,
                    NOMINATIONS,
                    POSITION ->
                throw new IllegalStateException(
                        feature.from() + " is no number of a request; the schema's rules say so");
        };
    }

    private RequestReader historyMean(String feature, String name) {
        NumberColumn column = store.items().number(name);
        if (column == null) {
            throw new InvalidSchemaException(
                    RequestPlan.place(feature), name, "must name a number column of the item table");
        }
        return request -> request.recent().mean(column);
    }

    private static float number(@Nullable FeatureValue value) {
        return value instanceof FeatureValue.Number number ? (float) number.value() : Float.NaN;
    }

    static int hourOfDay(RankingInput input) {
        return utc(input).getHour();
    }

    static int dayOfWeek(RankingInput input) {
        return utc(input).getDayOfWeek().getValue();
    }

    private static ZonedDateTime utc(RankingInput input) {
        return Instant.ofEpochMilli(input.timeMillis()).atZone(ZoneOffset.UTC);
    }
}
