package dev.funnel.gateway.metric;

import dev.funnel.gateway.answer.Recommendation;
import dev.funnel.gateway.pipeline.Course;
import dev.funnel.gateway.pipeline.StageTime;
import dev.funnel.gateway.stage.Reranked;
import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.runtime.telemetry.Counter;
import dev.funnel.runtime.telemetry.Histogram;
import dev.funnel.runtime.telemetry.Labelled;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.StageReport;
import java.util.Locale;
import java.util.Map;

/**
 * Counts what became of every request: the rung it stands on, what each stage took and lost, what rules removed. Labels are names of
 * pipelines, stages and kinds; names of rules, of which callers may bring their own, are bounded.
 */
public final class RequestMetrics {
    private static final String ERROR = "error";
    private static final int MOST_RULES = 200;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double[] SECONDS = {.001, .0025, .005, .01, .025, .05, .075, .1, .15, .2, .3, .5, .75, 1, 2, 5
    };

    private final Labelled<Counter> rungs;
    private final Labelled<Histogram> stageTimes;
    private final Labelled<Counter> items;
    private final Labelled<Counter> removed;
    private final Labelled<Counter> degradations;
    private final BoundedNames rules = new BoundedNames(MOST_RULES);

    public RequestMetrics(Metrics metrics) {
        this.rungs = metrics.counter(
                "funnel.gateway.rung",
                "{slate}",
                "Slates by how good one could be made; error: none",
                "pipeline",
                "rung");
        this.stageTimes = metrics.histogram(
                "funnel.gateway.stage.duration",
                "s",
                "How long the gateway waited for a stage, by how the call ended",
                SECONDS,
                "pipeline",
                "stage",
                "ending");
        this.items = metrics.counter(
                "funnel.gateway.stage.items", "{item}", "Items into and out of each stage", "stage", "direction");
        this.removed = metrics.counter(
                "funnel.gateway.removed",
                "{item}",
                "Items that a rule removed, or refused at the door",
                "stage",
                "rule");
        this.degradations = metrics.counter(
                "funnel.gateway.degradations", "{loss}", "What was lost, as answers say it", "stage", "kind");
    }

    /** A slate left. */
    public void answered(Course course, Recommendation answer) {
        String pipeline = course.turn().pipeline().name();
        rungs.of(pipeline, answer.rung().label()).add(1);
        course.times().forEach(time -> add(pipeline, time));
        course.answers().map(StageAnswer::report).forEach(this::add);
        course.slate().answer().map(Reranked::removed).ifPresent(counts -> add(Stage.RERANKING, counts));
        add(Stage.GATEWAY, course.settled().refused());
        answer.degradations().forEach(this::add);
    }

    /** No slate could be made, through no fault of the caller. */
    public void failed(String pipeline) {
        rungs.of(pipeline, ERROR).add(1);
    }

    private void add(String pipeline, StageTime time) {
        stageTimes
                .of(pipeline, label(time.stage()), label(time.ending()))
                .record(time.elapsedNanos() / NANOS_PER_SECOND);
    }

    private void add(StageReport report) {
        items.of(label(report.stage()), "in").add(report.itemsIn());
        items.of(label(report.stage()), "out").add(report.itemsOut());
    }

    private void add(Stage stage, Map<String, Integer> counts) {
        counts.forEach((rule, count) -> removed.of(label(stage), rules.of(rule)).add(count));
    }

    private void add(Degradation loss) {
        degradations.of(label(loss.stage()), label(loss.kind())).add(1);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
