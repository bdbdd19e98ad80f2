package dev.funnel.runtime.grpc;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gRPC service config as types, because gRPC ignores misspelt keys of the JSON without a word.
 *
 * @param service name of the service called
 * @param healthChecks whether its health decides whether a replica is used
 * @param outliers when a replica that fails is passed over; null: never
 * @param policy what is done about its calls that fail or take long
 */
record ServiceConfig(
        String service, boolean healthChecks, @Nullable OutlierDetection outliers, CallPolicy policy) {
    private static final Map<String, ?> ROUND_ROBIN = Map.of("round_robin", Map.of());
    private static final int HEDGED_ATTEMPTS = 2;
    private static final double BACKOFF_MULTIPLIER = 2;

    static ServiceConfig of(ChannelSettings settings, String service, CallPolicy policy) {
        return new ServiceConfig(
                service, settings.healthChecks(), settings.outlierDetection() ? OutlierDetection.USUAL : null, policy);
    }

    /** Whether a call may be sent more than once. */
    boolean repeats() {
        return switch (policy) {
            case CallPolicy.Once once -> false;
            case Retries retries -> retries.attempts() > 1;
            case Hedging hedging -> true;
        };
    }

    /** As gRPC-Java takes it: maps, lists, texts, booleans and doubles. */
    Map<String, ?> json() {
        Map<String, ?> balancing =
                outliers == null ? ROUND_ROBIN : Map.of("outlier_detection_experimental", outliers.json());
        Map<String, Object> json = new HashMap<>();
        json.put("loadBalancingConfig", List.of(repeats() ? OtherReplicaBalancer.over(balancing) : balancing));
        if (healthChecks) {
            json.put("healthCheckConfig", Map.of("serviceName", service));
        }
        if (repeats()) {
            repeat(json);
        }
        return json;
    }

    private void repeat(Map<String, Object> json) {
        switch (policy) {
            case CallPolicy.Once once -> {}
            case Retries retries -> {
                json.put("methodConfig", methods("retryPolicy", policy(retries)));
                json.put(
                        "retryThrottling",
                        Map.of("maxTokens", (double) retries.tokens(), "tokenRatio", retries.tokensPerSuccess()));
            }
            case Hedging hedging -> json.put("methodConfig", methods("hedgingPolicy", policy(hedging)));
        }
    }

    private List<?> methods(String key, Map<String, ?> value) {
        return List.of(Map.of("name", List.of(Map.of("service", service)), key, value));
    }

    private static Map<String, ?> policy(Retries retries) {
        return Map.of(
                "maxAttempts", (double) retries.attempts(),
                "initialBackoff", seconds(retries.initialBackoff()),
                "maxBackoff", seconds(retries.maxBackoff()),
                "backoffMultiplier", BACKOFF_MULTIPLIER,
                "retryableStatusCodes", List.of("UNAVAILABLE"));
    }

    /**
     * A second call that is shed or fails must not end the first, so these codes are not fatal. There is no throttle: gRPC-Java ends a
     * call with the failed one of its two attempts while the throttle is on; {@link HedgeBudget} bounds the second calls.
     */
    private static Map<String, ?> policy(Hedging hedging) {
        return Map.of(
                "maxAttempts", (double) HEDGED_ATTEMPTS,
                "hedgingDelay", seconds(hedging.delay()),
                "nonFatalStatusCodes", List.of("UNAVAILABLE", "RESOURCE_EXHAUSTED"));
    }

    /** As protobuf's JSON writes durations: {@code 0.005s}. */
    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).toPlainString() + "s";
    }

    /**
     * When a replica is passed over for failing more than the others (gRFC A50). The keys are gRPC-Java's: {@code
     * maxEjectionPercentage}, where the gRFC says {@code maxEjectionPercent}; its usual {@code minimumHosts} of 5 would do nothing
     * for the two or three replicas a stage has.
     *
     * @param interval how often failures are looked at
     * @param baseEjection how long a replica is passed over the first time
     * @param maxEjectionPercentage most of the replicas passed over at once
     * @param failureThresholdPercent share of failed calls from which a replica is an outlier; gRPC counts shed ones too, which are two of
     *     three under three times the load, of every replica: that must not take half of them away
     * @param minimumHosts fewest replicas for which anything is done
     * @param requestVolume fewest calls to a replica in an interval for which it is judged
     */
    record OutlierDetection(
            Duration interval,
            Duration baseEjection,
            int maxEjectionPercentage,
            int failureThresholdPercent,
            int minimumHosts,
            int requestVolume) {
        static final OutlierDetection USUAL =
                new OutlierDetection(Duration.ofSeconds(5), Duration.ofSeconds(15), 50, 85, 2, 20);

        Map<String, ?> json() {
            return Map.of(
                    "interval",
                    seconds(interval),
                    "baseEjectionTime",
                    seconds(baseEjection),
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
