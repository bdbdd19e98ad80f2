package dev.funnel.runtime.telemetry;

import dev.funnel.runtime.deadline.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Lines of a log about faults that may come with every call. Of each kind of fault the first line is written, and then at most one an
 * interval, which says how many like it were left out: a fault that lasts neither fills the disk nor is forgotten.
 *
 * <p>At most {@value #MOST_KINDS} kinds are told apart; beyond, those that are new share one. Safe from any thread.
 */
public final class SparseLines {
    static final int MOST_KINDS = 256;

    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(10);
    private static final String ANY_OTHER = "any other";
    private static final long LEFT_OUT = -1;

    private final Logger log;
    private final long intervalNanos;
    private final Ticker ticker;
    private final Map<String, Written> kinds = new HashMap<>();

    /** At most one line of a kind every ten seconds. */
    public SparseLines(Logger log) {
        this(log, USUAL_INTERVAL, Ticker.SYSTEM);
    }

    public SparseLines(Logger log, Duration interval, Ticker ticker) {
        this.log = log;
        this.intervalNanos = interval.toNanos();
        this.ticker = ticker;
    }

    /** @param kind what makes two lines alike; from a bounded set, so nothing of the request */
    public void warn(String kind, String line) {
        long leftOut = leftOutBefore(kind);
        if (leftOut != LEFT_OUT) {
            log.warn("{}{}", line, said(leftOut));
        }
    }

    /** The same with a stack trace. */
    public void error(String kind, String line, Throwable failure) {
        long leftOut = leftOutBefore(kind);
        if (leftOut != LEFT_OUT) {
            log.error("{}{}", line, said(leftOut), failure);
        }
    }

    /** How many kinds are remembered. */
    synchronized int kinds() {
        return kinds.size();
    }

    private static String said(long leftOut) {
        return leftOut == 0 ? "" : " (and " + leftOut + " times more since the last such line)";
    }

    /** How many lines were left out since the last of this kind; {@link #LEFT_OUT} if this one is left out as well. */
    private synchronized long leftOutBefore(String kind) {
        long now = ticker.nanos();
        String told = told(kind, now);
        Written written = kinds.get(told);
        if (written != null && now - written.atNanos < intervalNanos) {
            kinds.put(told, new Written(written.atNanos, written.leftOut + 1));
            return LEFT_OUT;
        }
        kinds.put(told, new Written(now, 0));
        return written == null ? 0 : written.leftOut;
    }

    private String told(String kind, long now) {
        if (kinds.containsKey(kind) || kinds.size() < MOST_KINDS) {
            return kind;
        }
        kinds.values().removeIf(written -> written.leftOut == 0 && now - written.atNanos >= intervalNanos);
        return kinds.size() < MOST_KINDS ? kind : ANY_OTHER;
    }

    private record Written(long atNanos, long leftOut) {}
}
