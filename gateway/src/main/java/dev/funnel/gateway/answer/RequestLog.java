package dev.funnel.gateway.answer;

import dev.funnel.gateway.pipeline.Course;
import dev.funnel.gateway.pipeline.Request;
import dev.funnel.gateway.pipeline.StageTime;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.error.Refusal;
import dev.funnel.runtime.wire.StageReport;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** A line in the log for one request in so many: what became of it, as keys and values. It names no user unless told to. */
public final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
    private static final double NANOS_PER_MILLI = 1e6;

    private final RequestLogSettings settings;
    private final Supplier<Optional<String>> client;
    private final Ticker ticker;
    private final AtomicLong seen = new AtomicLong();

    /** @param client id of the caller that this thread works for; empty where callers are not asked for a key */
    public RequestLog(RequestLogSettings settings, Supplier<Optional<String>> client, Ticker ticker) {
        this.settings = settings;
        this.client = client;
        this.ticker = ticker;
    }

    /** A slate left. */
    void answered(Course course, Recommendation answer) {
        if (sampled()) {
            LoggingEventBuilder line = line(
                            course.turn().request(), answer.rung().label())
                    .addKeyValue("request", answer.requestId())
                    .addKeyValue("bundle", answer.bundle().version())
                    .addKeyValue("degradations", answer.degradations().size());
            for (StageReport report : answer.reports()) {
                line = with(line, report);
            }
            for (StageTime time : course.times()) {
                line = with(line, time);
            }
            line.log("slate");
        }
    }

    /** No slate could be made, through no fault of the caller. */
    void failed(Request request, RuntimeException failure) {
        if (sampled()) {
            line(request, "error").addKeyValue("reason", reason(failure)).log("no slate");
        }
    }

    private boolean sampled() {
        return settings.oneIn() > 0 && seen.incrementAndGet() % settings.oneIn() == 0;
    }

    private LoggingEventBuilder line(Request request, String rung) {
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("client", client.get().orElse(""))
                .addKeyValue("pipeline", request.pipeline().name())
                .addKeyValue("rung", rung)
                .addKeyValue("ms", millis(ticker.nanos() - request.arrivedNanos()));
        return settings.userIds() ? line.addKeyValue("user", request.query().userId()) : line;
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, StageReport report) {
        String stage = label(report.stage());
        return line.addKeyValue(stage + "_in", report.itemsIn()).addKeyValue(stage + "_out", report.itemsOut());
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, StageTime time) {
        String stage = label(time.stage());
        return line.addKeyValue(stage + "_ms", millis(time.elapsedNanos()))
                .addKeyValue(stage + "_ending", label(time.ending()));
    }

    private static String reason(RuntimeException failure) {
        return failure instanceof Refusal refusal
                ? refusal.reason()
                : failure.getClass().getSimpleName();
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / NANOS_PER_MILLI);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
