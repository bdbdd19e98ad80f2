package dev.funnel.candidate.retrieve;

import dev.funnel.runtime.telemetry.Counter;
import dev.funnel.runtime.telemetry.Histogram;
import dev.funnel.runtime.telemetry.Labelled;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.wire.DegradationKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts how each generator's searches ended, how long they took, what they brought and what rules kept from being brought. A
 * generator's instruments are made once, so that counting an answer is a few additions; of generators that a bundle lacks nothing is counted,
 * because their names are the caller's.
 */
final class GeneratorMetrics {
    private static final double[] SECONDS = {
        .000_05, .000_1, .000_2, .000_5, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2
    };

    private final Labelled<Counter> searches;
    private final Labelled<Histogram> durations;
    private final Labelled<Counter> returned;
    private final Labelled<Counter> filtered;
    private final Map<String, Instruments> instruments = new ConcurrentHashMap<>();

    /** How a search ended: the label {@code outcome}. */
    private enum Ending {
        EXACT,
        APPROXIMATE,
        CUT_OFF,
        NOT_APPLICABLE,
        LATE,
        SHED,
        FAILED
    }

    private record Instruments(List<Counter> endings, Histogram durations, Counter returned, Counter filtered) {
        Counter ending(Ending ending) {
            return endings.get(ending.ordinal());
        }
    }

    GeneratorMetrics(Metrics metrics) {
        this.searches = metrics.counter(
                "funnel.candidate.searches", "{search}", "searches by how they ended", "generator", "outcome");
        this.durations = metrics.histogram(
                "funnel.candidate.search.duration",
                "s",
                "time of a search that ended, without waiting for a thread",
                SECONDS,
                "generator");
        this.returned = metrics.counter("funnel.candidate.returned", "{item}", "items nominated", "generator");
        this.filtered = metrics.counter(
                "funnel.candidate.filtered",
                "{item}",
                "items that a rule kept from being nominated, as far as searches met them",
                "generator");
    }

    /** Counts what came of asking a generator. */
    void count(Answer answer) {
        switch (answer) {
            case Answer.Found found -> {
                Instruments of = of(found.name());
                of.ending(ending(found)).add(1);
                of.durations.record((double) found.elapsed().toNanos()
                        / Duration.ofSeconds(1).toNanos());
                of.returned.add(found.hits().size());
                of.filtered.add(found.hits().filtered());
            }
            case Answer.NotApplicable nothing ->
                of(nothing.name()).ending(Ending.NOT_APPLICABLE).add(1);
            case Answer.Lost lost -> {
                if (lost.status() != GeneratorStatus.UNKNOWN) {
                    of(lost.name()).ending(ending(lost)).add(1);
                }
            }
        }
    }

    private Instruments of(String generator) {
        return instruments.computeIfAbsent(generator, this::instruments);
    }

    private Instruments instruments(String generator) {
        List<Counter> endings = Arrays.stream(Ending.values())
                .map(ending -> searches.of(generator, ending.name().toLowerCase(Locale.ROOT)))
                .toList();
        return new Instruments(endings, durations.of(generator), returned.of(generator), filtered.of(generator));
    }

    private static Ending ending(Answer.Found found) {
        if (!found.hits().complete()) {
            return Ending.CUT_OFF;
        }
        return found.search().exact() ? Ending.EXACT : Ending.APPROXIMATE;
    }

    private static Ending ending(Answer.Lost lost) {
        if (lost.status() == GeneratorStatus.LATE) {
            return Ending.LATE;
        }
        return lost.kind() == DegradationKind.SHED ? Ending.SHED : Ending.FAILED;
    }
}
