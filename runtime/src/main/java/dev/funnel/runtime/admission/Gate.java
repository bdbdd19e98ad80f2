package dev.funnel.runtime.admission;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import dev.funnel.runtime.admission.AdmissionMetrics.Reason;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.error.Overloaded;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets calls in up to a limit that follows their latency: while calls take as long as the quickest do it rises, when they take longer,
 * because they wait for each other, it falls. A lower priority is let in only up to its share of the limit, so it is shed first. Nobody
 * waits here: who is not let in is told so at once.
 *
 * <p>The limit is TCP Vegas' (Brakmo and Peterson 1995), as Netflix has it for calls: of {@code limit} calls {@code limit * (1 - quickest /
 * latest)} wait, where both times are means over windows of calls. It rises while fewer than {@value #WAITING_PER_PROCESSOR} for each
 * processor wait, and falls while more than half as many again do.
 */
public final class Gate {
    /** Waiting calls keep processors busy between two others; each further one only waits. */
    private static final int WAITING_PER_PROCESSOR = 4;

    /** The quickest time is forgotten, lest it be of other work than today's, after half to all of so many windows times the limit. */
    private static final int PROBE_MULTIPLIER = 300;

    private static final int WINDOW_MILLIS = 100;
    private static final int LONGEST_WINDOW_MILLIS = 1_000;

    private final AdmissionSettings settings;
    private final Limit limit;
    private final Ticker ticker;
    private final AdmissionMetrics metrics;
    private final long origin;
    private final AtomicInteger inFlight = new AtomicInteger();

    public Gate(AdmissionSettings settings, Ticker ticker, AdmissionMetrics metrics) {
        this(settings, limit(settings), ticker, metrics);
    }

    Gate(AdmissionSettings settings, Limit limit, Ticker ticker, AdmissionMetrics metrics) {
        this.settings = settings;
        this.limit = limit;
        this.ticker = ticker;
        this.metrics = metrics;
        this.origin = ticker.nanos();
        metrics.limit(limit());
        limit.notifyOnChange(changed -> metrics.limit(limit()));
    }

    private static Limit limit(AdmissionSettings settings) {
        return settings.adaptive()
                ? adaptive(settings, Runtime.getRuntime().availableProcessors())
                : FixedLimit.of(settings.max());
    }

    static Limit adaptive(AdmissionSettings settings, int processors) {
        int waiting = WAITING_PER_PROCESSOR * processors;
        return windowed(VegasLimit.newBuilder()
                .initialLimit(settings.initial())
                .maxConcurrency(settings.max())
                .alpha(waiting)
                .beta(waiting * 3 / 2)
                .probeMultiplier(PROBE_MULTIPLIER)
                .build());
    }

    static Limit windowed(Limit limit) {
        return WindowedLimit.newBuilder()
                .minWindowTime(WINDOW_MILLIS, TimeUnit.MILLISECONDS)
                .maxWindowTime(LONGEST_WINDOW_MILLIS, TimeUnit.MILLISECONDS)
                .build(limit);
    }

    /** Calls that may be under way now. */
    public int limit() {
        return settings.adaptive() ? Math.max(settings.min(), limit.getLimit()) : limit.getLimit();
    }

    /** Calls under way now. */
    public int inFlight() {
        return inFlight.get();
    }

    /**
     * Lets a call in; the place is to be left when it ends.
     *
     * @throws Overloaded if it is shed
     */
    public Place enter(Priority priority) {
        int most = limit();
        int bound = settings.bound(priority, most);
        int under = inFlight.get();
        while (under < bound) {
            if (inFlight.compareAndSet(under, under + 1)) {
                metrics.inFlight(under + 1);
                return new Place(under + 1);
            }
            under = inFlight.get();
        }
        metrics.shed(priority, under < most ? Reason.SHARE : Reason.LIMIT);
        throw new Overloaded(
                under + " calls are under way, and " + bound + " is the bound for " + priority.label() + " ones",
                retryAfter(priority));
    }

    /** What matters less comes again later. */
    private static Duration retryAfter(Priority priority) {
        return switch (priority) {
            case INTERACTIVE -> Duration.ofMillis(100);
            case PREFETCH -> Duration.ofMillis(500);
            case BATCH -> Duration.ofSeconds(2);
        };
    }

    /** One call's place among those under way; given back once, whichever way the call ends. */
    public final class Place {
        private final int underWay;
        private final long entered = ticker.nanos() - origin;
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(int underWay) {
            this.underWay = underWay;
        }

        /** The call took as long as its work takes, so its time counts. */
        public void leaveMeasured() {
            if (left.compareAndSet(false, true)) {
                long took = ticker.nanos() - origin - entered;
                metrics.inFlight(inFlight.decrementAndGet());
                limit.onSample(entered, took, underWay, false);
            }
        }

        /** The call ended early, refused or given up; its time says nothing of how busy the process is. */
        public void leave() {
            if (left.compareAndSet(false, true)) {
                metrics.inFlight(inFlight.decrementAndGet());
            }
        }
    }
}
