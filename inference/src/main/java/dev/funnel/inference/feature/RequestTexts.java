package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.Reading;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads categories that all candidates of a request share, as texts. */
@FunctionalInterface
interface RequestTexts {
    /** The texts; empty is missing. */
    List<String> read(Request request);

    /** What reads {@code from} about {@code about}. */
    static RequestTexts of(Reading from, @Nullable String about) {
        String of = Objects.requireNonNullElse(about, "");
        return switch (from) {
            case PROFILE -> request -> texts(request.input().profile().get(of));
            case CONTEXT -> request -> texts(request.input().context().get(of));
            case USER_ID -> request -> given(request.input().userId());
            case HOUR_OF_DAY -> request -> number(RequestReaders.hourOfDay(request.input()));
            case DAY_OF_WEEK -> request -> number(RequestReaders.dayOfWeek(request.input()));
            case HISTORY_ITEMS,
                    HISTORY_COLUMN,
                    HISTORY_COUNT,
                    HISTORY_MEAN,
                    HISTORY_VECTOR,
                    HISTORY_WATCHED_SHARE,
                    EXAMPLE_AGE,
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
                throw new IllegalStateException(from + " is no text of a request; the schema's rules say so");
        };
    }

    private static List<String> given(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }

    private static List<String> number(int number) {
        return List.of(Integer.toString(number));
    }

    private static List<String> texts(@Nullable FeatureValue value) {
        return switch (value) {
            case null -> List.of();
            case FeatureValue.Number number -> List.of();
            case FeatureValue.Text text -> List.of(text.value());
            case FeatureValue.Texts texts -> texts.values();
        };
    }
}
