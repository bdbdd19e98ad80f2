package dev.funnel.runtime.grpc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gRPC service config as types, because gRPC ignores misspelt keys of the JSON without a word.
 *
 * @param healthService name of the service whose health decides whether a replica is used; null: not asked
 * @param outliers when a replica that fails is passed over; null: never
 */
record ServiceConfig(
        @Nullable String healthService, @Nullable OutlierDetection outliers) {
    private static final Map<String, ?> ROUND_ROBIN = Map.of("round_robin", Map.of());

    static ServiceConfig of(ChannelSettings settings, String service) {
        return new ServiceConfig(
                settings.healthChecks() ? service : null, settings.outlierDetection() ? OutlierDetection.USUAL : null);
    }

    /** As gRPC-Java takes it: maps, lists, texts, booleans and doubles. */
    Map<String, ?> json() {
        List<?> balancing =
                List.of(outliers == null ? ROUND_ROBIN : Map.of("outlier_detection_experimental", outliers.json()));
        return healthService == null
                ? Map.of("loadBalancingConfig", balancing)
                : Map.of("loadBalancingConfig", balancing, "healthCheckConfig", Map.of("serviceName", healthService));
    }

    /**
     * When a replica is passed over for failing more than the others (gRFC A50). The keys are gRPC-Java's: {@code
     * maxEjectionPercentage}, where the gRFC says {@code maxEjectionPercent}; its usual {@code minimumHosts} of 5 would do nothing
     * for the two or three replicas a stage has.
     *
     * @param intervalSeconds how often failures are looked at
     * @param baseEjectionSeconds how long a replica is passed over the first time
     * @param maxEjectionPercentage most of the replicas passed over at once
     * @param failureThresholdPercent share of failed calls from which a replica is an outlier
     * @param minimumHosts fewest replicas for which anything is done
     * @param requestVolume fewest calls to a replica in an interval for which it is judged
     */
    record OutlierDetection(
            int intervalSeconds,
            int baseEjectionSeconds,
            int maxEjectionPercentage,
            int failureThresholdPercent,
            int minimumHosts,
            int requestVolume) {
        static final OutlierDetection USUAL = new OutlierDetection(5, 15, 50, 50, 2, 20);

        Map<String, ?> json() {
            return Map.of(
                    "interval",
                    intervalSeconds + "s",
                    "baseEjectionTime",
                    baseEjectionSeconds + "s",
                    "maxEjectionPercentage",
                    (double) maxEjectionPercentage,
                    "failurePercentageEjection",
                    Map.of(
                            "threshold", (double) failureThresholdPercent,
                            "enforcementPercentage", 100.0,
                            "minimumHosts", (double) minimumHosts,
                            "requestVolume", (double) requestVolume),
                    "childPolicy",
                    List.of(ROUND_ROBIN));
        }
    }
}
