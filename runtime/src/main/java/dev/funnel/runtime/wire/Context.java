package dev.funnel.runtime.wire;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The circumstance of a request.
 *
 * @param country ISO 3166-1 alpha-2; empty: unknown
 * @param language BCP 47; empty: unknown
 * @param device what the slate is shown on
 * @param time the instant the slate is for; null only before the gateway has stamped it
 * @param extra further context features by name
 */
public record Context(
        String country,
        String language,
        DeviceType device,
        @Nullable Instant time,
        Map<String, FeatureValue> extra) {
    /** Nothing known, not even when. */
    public static final Context UNKNOWN = new Context("", "", DeviceType.UNKNOWN, null, Map.of());

    /** The same circumstance at an instant. */
    public Context at(Instant instant) {
        return new Context(country, language, device, instant, extra);
    }

    /** Milliseconds since 1970-01-01T00:00:00Z. Stages may rely on it: what reaches them is stamped. */
    public long timeMillis() {
        if (time == null) {
            throw new IllegalStateException("the query was not stamped with a time");
        }
        return time.toEpochMilli();
    }
}
