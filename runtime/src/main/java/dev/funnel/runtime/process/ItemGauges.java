package dev.funnel.runtime.process;

import dev.funnel.runtime.log.FollowerStatus;
import dev.funnel.runtime.telemetry.Gauge;
import dev.funnel.runtime.telemetry.Metrics;

/** What the metrics say of a process that follows the item log. */
final class ItemGauges {
    private final Gauge changed;
    private final Gauge behind;
    private final Gauge lag;
    private final Gauge silence;

    ItemGauges(Metrics metrics) {
        this.changed = metrics.gauge(
                        "funnel.items.changed", "{item}", "Items that differ from the bundle version that differs most")
                .of();
        this.behind = metrics.gauge(
                        "funnel.items.log.behind", "{entry}", "Entries of the item log, as last heard, not applied yet")
                .of();
        this.lag = metrics.gauge(
                        "funnel.items.log.lag",
                        "s",
                        "Time since every entry of the item log was last known to be applied")
                .of();
        this.silence = metrics.gauge(
                        "funnel.items.log.silence", "s", "Time since the owner of the item log was last heard")
                .of();
    }

    void show(int changedItems, FollowerStatus status) {
        changed.set(changedItems);
        behind.set(status.newest() - status.position());
        lag.set(status.lagSeconds());
        silence.set(status.silentSeconds());
    }
}
