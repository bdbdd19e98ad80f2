package dev.funnel.cli.bench;

import dev.funnel.benchmarks.load.Lag;
import dev.funnel.cli.console.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows what was measured as soon as it is, and keeps in mind which promises were not kept. */
final class Report {

    /** A 99th percentile of fewer requests rests on fewer than ten of them, and is not judged. */
    private static final long FEWEST_FOR_P99 = 1_000;

    private final Console console;
    private final List<String> broken = new ArrayList<>();

    Report(Console console) {
        this.console = console;
    }

    /** Shows a load and what became of it. */
    Measured show(String part, Measured measured) {
        console.object(measured.json(part));
        console.line(measured.line(part));
        if (!measured.cpuMillis().isEmpty()) {
            console.line("  processor time of a request, ms: " + measured.cpuMillis());
        }
        return measured;
    }

    /** Shows anything else. */
    void show(String part, Map<String, ?> figures, String line) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("bench", "serve");
        object.put("part", part);
        object.putAll(figures);
        console.object(object);
        console.line(line);
    }

    /** How many times longer than another one takes all but a share of the answers, at most. */
    static double ratio(Measured measured, Measured other, double share) {
        return Measured.rounded(measured.tally().millis(share) / other.tally().millis(share));
    }

    /** A promise about the ratio of two 99th percentiles; open if there were too few requests. */
    void promiseP99(String promise, Measured measured, Measured other, double most) {
        double ratio = ratio(measured, other, .99);
        if (Math.min(answers(measured), answers(other)) < FEWEST_FOR_P99) {
            Map<String, Object> open = promise(promise, ratio, most);
            open.put("open", "of fewer than 1,000 answers a 99th percentile is not judged");
            show("promise", open, "promise open: %s is %.2f, of too few answers to judge".formatted(promise, ratio));
        } else {
            promise(promise, ratio, most, ratio <= most);
        }
    }

    /** A promise about some figure, and whether it is kept. */
    void promise(String promise, double value, double bound, boolean kept) {
        Map<String, Object> judged = promise(promise, value, bound);
        judged.put("kept", kept);
        String line = "%s is %.3f, bound %.2f".formatted(promise, value, bound);
        show("promise", judged, (kept ? "promise kept: " : "promise broken: ") + line);
        if (!kept) {
            broken.add(line);
        }
    }

    /** Fails if a promise was not kept. */
    void requireKept() throws IOException {
        if (!broken.isEmpty()) {
            throw new IOException("promises were not kept: " + String.join("; ", broken));
        }
    }

    static void requireNoneFailed(long failed) throws IOException {
        if (failed > 0) {
            throw new IOException("%,d requests failed; none may".formatted(failed));
        }
    }

    static void requirePunctual(Lag lag) throws IOException {
        if (lag.tooMuch()) {
            throw new IOException(
                    "the driver was late: of %,d requests 1 %% were sent more than %.1f ms after they were due (at most %.0f ms is fair), %,d not at all; the figures are not those of the rate asked for"
                            .formatted(lag.sent(), lag.p99Millis(), Lag.MOST_MILLIS, lag.unsent()));
        }
    }

    private static Map<String, Object> promise(String promise, double value, double bound) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("promise", promise);
        object.put("value", value);
        object.put("bound", bound);
        return object;
    }

    private static long answers(Measured measured) {
        return measured.tally().complete() + measured.tally().degraded();
    }
}
