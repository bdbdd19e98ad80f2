package dev.funnel.runtime.bundle;

import dev.funnel.runtime.telemetry.Counter;
import dev.funnel.runtime.telemetry.Histogram;
import dev.funnel.runtime.telemetry.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the metrics say of bundle versions: how many were loaded and refused, how long it took, and which are resident. */
final class LoadMetrics {
    private static final double[] SECONDS = {.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120, 300};

    private final Counter loaded;
    private final Counter refused;
    private final Histogram seconds;

    /** @param statuses asked whenever the page of metrics is */
    LoadMetrics(Metrics metrics, Supplier<List<VersionStatus>> statuses) {
        var loads = metrics.counter(
                "funnel.bundle.loads",
                "{version}",
                "Bundle versions that were loaded, and that were refused",
                "result");
        this.loaded = loads.of("loaded");
        this.refused = loads.of("refused");
        this.seconds = metrics.histogram(
                        "funnel.bundle.load",
                        "s",
                        "Time from beginning to verify a bundle version to having warmed it",
                        SECONDS)
                .of();
        metrics.observe(
                "funnel.bundle.version",
                "1",
                "1 for every bundle version that is resident",
                List.of("version", "state"),
                () -> resident(statuses.get()));
    }

    void loaded(Duration took) {
        loaded.add(1);
        seconds.record(took.toNanos() / 1e9);
    }

    void refused() {
        refused.add(1);
    }

    private static Map<List<String>, Double> resident(List<VersionStatus> statuses) {
        return statuses.stream()
                .filter(status ->
                        status.state() == VersionStatus.State.CURRENT || status.state() == VersionStatus.State.PREVIOUS)
                .collect(Collectors.toMap(
                        status -> List.of(
                                status.version().value(), status.state().name().toLowerCase(Locale.ROOT)),
                        status -> 1.0));
    }
}
