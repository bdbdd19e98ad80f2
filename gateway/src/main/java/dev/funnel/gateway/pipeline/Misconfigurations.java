package dev.funnel.gateway.pipeline;

import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.telemetry.Counter;
import dev.funnel.runtime.telemetry.Labelled;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a fault of configuration is not taken for a fault of a process: a stage that refuses what it is asked (a policy, a
 * head, a key that it does not know, a method that it lacks) would refuse it for ever, and no ladder should hide that. It is counted,
 * logged as an error when it begins, and fails the request unless the gateway is told to degrade; also where it is one part of a
 * stage that refuses, whatever the others gave.
 */
final class Misconfigurations {
    /** Reason on the wire. */
    static final String REASON = "MISCONFIGURED";

    private static final Logger LOG = LoggerFactory.getLogger(Misconfigurations.class);

    private final Misconfigured then;
    private final Labelled<Counter> counted;
    private final Map<Place, String> standing = new ConcurrentHashMap<>();

    /** Where it was found; as many as pipelines have stages. */
    private record Place(String pipeline, Stage stage) {}

    Misconfigurations(Misconfigured then, Metrics metrics) {
        this.then = then;
        this.counted = metrics.counter(
                "funnel.gateway.misconfigured",
                "{call}",
                "Calls of stages that were refused for a fault of configuration",
                "pipeline",
                "stage");
    }

    /**
     * Looks at how a call of a stage ended.
     *
     * @throws PreconditionFailed if the stage or a part of it refused it for a fault of configuration, unless told to degrade
     * @throws CallerError if the stage refused what the caller sent
     */
    <A extends StageAnswer> StageOutcome<A> checked(Pipeline pipeline, Stage stage, StageOutcome<A> outcome) {
        if (outcome instanceof StageOutcome.Refused<A>(String field, String value, String rule)) {
            throw CallerError.passedOn(field, value, rule);
        }
        Place place = new Place(pipeline.name(), stage);
        Optional<String> refused = cause(outcome, DegradationKind.MISCONFIGURED);
        Optional<String> cause = refused.or(() -> cause(outcome, DegradationKind.GENERATOR_MISSING));
        if (cause.isPresent()) {
            counted.of(pipeline.name(), label(stage)).add(1);
            note(place, cause.get());
        } else if (outcome.answer().isPresent() && standing.remove(place) != null) {
            LOG.info("pipeline {}: {} takes what it is asked again", pipeline.name(), label(stage));
        }
        if (refused.isPresent() && then == Misconfigured.FAIL) {
            throw new PreconditionFailed(
                    REASON,
                    "pipeline " + pipeline.name() + " is misconfigured: " + label(stage) + " refuses what it is asked: "
                            + refused.get());
        }
        return outcome;
    }

    private void note(Place place, String cause) {
        if (standing.putIfAbsent(place, cause) == null) {
            LOG.error("pipeline {} is misconfigured: {} says: {}", place.pipeline(), label(place.stage()), cause);
        }
    }

    /** What is said of the first loss of a kind: of the stage, or of a part of it. */
    private static Optional<String> cause(StageOutcome<? extends StageAnswer> outcome, DegradationKind wanted) {
        if (outcome instanceof StageOutcome.Absent<?>(DegradationKind kind, String cause)) {
            return kind == wanted ? Optional.of(cause) : Optional.empty();
        }
        return outcome.answer().stream()
                .map(StageAnswer::degradations)
                .flatMap(List::stream)
                .filter(loss -> loss.kind() == wanted)
                .findFirst()
                .map(Misconfigurations::words);
    }

    private static String words(Degradation loss) {
        return loss.component() + ": " + loss.cause();
    }

    private static String label(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
