package dev.funnel.reranker.rerank;

import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.wire.ComponentReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What each part of one request did and how long it took, told one after another; tells nothing unless asked to. */
final class PartTimes {
    private final boolean wanted;
    private final Ticker ticker;
    private final List<ComponentReport> reports;
    private long since;

    PartTimes(boolean wanted, Ticker ticker) {
        this.wanted = wanted;
        this.ticker = ticker;
        this.reports = wanted ? new ArrayList<>() : List.of();
        this.since = wanted ? ticker.nanos() : 0;
    }

    /** A part has ended; it began when the part before it ended. */
    void finished(String component, int itemsIn, int itemsOut) {
        if (wanted) {
            long now = ticker.nanos();
            reports.add(new ComponentReport(component, itemsIn, itemsOut, Duration.ofNanos(now - since), ""));
            since = now;
        }
    }

    List<ComponentReport> reports() {
        return reports;
    }
}
