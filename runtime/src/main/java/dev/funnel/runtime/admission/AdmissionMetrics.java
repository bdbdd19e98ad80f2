package dev.funnel.runtime.admission;

import dev.funnel.runtime.telemetry.Counter;
import dev.funnel.runtime.telemetry.Gauge;
import dev.funnel.runtime.telemetry.Labelled;
import dev.funnel.runtime.telemetry.Metrics;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What a process shows of whom it lets in. */
public final class AdmissionMetrics {
    /** Why a call was not begun. */
    public enum Reason {
        /** As many calls as the limit were under way. */
        LIMIT,
        /** As many as its priority's share of the limit. */
        SHARE,
        /** Its client had used up its quota. */
        QUOTA,
        /** Its deadline had passed before its turn came. */
        EXPIRED
    }

    private final Gauge limit;
    private final Gauge inFlight;
    private final Map<Priority, Map<Reason, Counter>> shed = new EnumMap<>(Priority.class);
    private final Labelled<Counter> overQuota;

    public AdmissionMetrics(Metrics metrics) {
        limit = metrics.gauge("funnel.server.limit", "{call}", "calls that may be under way at once")
                .of();
        inFlight = metrics.gauge("funnel.server.in_flight", "{call}", "calls under way")
                .of();
        Labelled<Counter> all = metrics.counter(
                "funnel.server.shed", "{call}", "calls that were not begun, by their priority", "priority", "reason");
        for (Priority priority : Priority.values()) {
            Map<Reason, Counter> byReason = new EnumMap<>(Reason.class);
            for (Reason reason : Reason.values()) {
                byReason.put(reason, all.of(priority.label(), reason.name().toLowerCase(Locale.ROOT)));
            }
            shed.put(priority, byReason);
        }
        overQuota =
                metrics.counter("funnel.server.over_quota", "{call}", "calls beyond their client's quota", "client");
    }

    /** A call was not begun. */
    public void shed(Priority priority, Reason reason) {
        shed.getOrDefault(priority, Map.of()).getOrDefault(reason, amount -> {}).add(1);
    }

    void overQuota(String client) {
        overQuota.of(client).add(1);
    }

    void limit(int calls) {
        limit.set(calls);
    }

    void inFlight(int calls) {
        inFlight.set(calls);
    }
}
