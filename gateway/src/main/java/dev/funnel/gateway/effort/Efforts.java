package dev.funnel.gateway.effort;

import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.telemetry.Gauge;
import dev.funnel.runtime.telemetry.Labelled;
import dev.funnel.runtime.telemetry.Metrics;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The effort of each pipeline, shown as {@code funnel.gateway.effort}. */
public final class Efforts {
    private final Map<String, EffortController> byPipeline = new HashMap<>();
    private final Labelled<Gauge> shown;

    /** @param settings by the pipelines' names */
    public Efforts(Map<String, EffortSettings> settings, Ticker ticker, Metrics metrics) {
        this.shown = metrics.gauge(
                "funnel.gateway.effort", "1", "How hard stages are asked to try; 1 is as configured", "pipeline");
        settings.forEach((pipeline, each) -> {
            byPipeline.put(pipeline, new EffortController(each, ticker));
            shown.of(pipeline).set(1);
        });
    }

    /** How hard to try now, in (0, 1]. */
    public float of(String pipeline) {
        return controller(pipeline).effort();
    }

    /** A stage took this share of its slice. */
    public void took(String pipeline, double share) {
        EffortController controller = controller(pipeline);
        controller.took(share);
        shown.of(pipeline).set(controller.effort());
    }

    private EffortController controller(String pipeline) {
        return Objects.requireNonNull(byPipeline.get(pipeline), pipeline);
    }
}
