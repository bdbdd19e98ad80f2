package dev.funnel.runtime.telemetry;

import dev.funnel.runtime.config.Rule;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a process tells of single requests: the {@code telemetry} section of every service's configuration.
 *
 * @param traces where traces go; absent: none are made
 */
public record TelemetrySettings(@Nullable Traced traces) {

    /** Nothing is told. */
    public static final TelemetrySettings OFF = new TelemetrySettings(null);

    /**
     * Where traces go.
     *
     * @param endpoint of an OpenTelemetry collector that speaks OTLP over gRPC, e.g. {@code http://127.0.0.1:4317}
     * @param sample share of the requests that are traced, 0 to 1; decided where a trace begins, and kept by every process after it
     */
    public record Traced(String endpoint, double sample) {
        public Traced {
            Rule.holds(isHttp(endpoint), "endpoint", endpoint, "must be http://host:port or https://host:port");
            Rule.holds(sample >= 0 && sample <= 1, "sample", sample, "must be 0 to 1");
        }

        private static boolean isHttp(String endpoint) {
            try {
                URI uri = URI.create(endpoint);
                return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
            } catch (IllegalArgumentException notAUri) {
                return false;
            }
        }
    }
}
