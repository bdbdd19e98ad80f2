package dev.funnel.runtime.bundle;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.ItemTable;
import dev.funnel.runtime.live.LiveVersion;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded bundle version with the number of holds on it: one of whoever published it, and one per lease. When the last hold
 * ends, snapshot and bundle are closed, once.
 */
final class Resident<S extends AutoCloseable> implements LiveVersion<S> {
    private static final Logger LOG = LoggerFactory.getLogger(Resident.class);

    private final BundleVersion version;
    private final Bundle bundle;
    private volatile S snapshot;
    private final Instant since;
    private final Duration loadTime;
    private final Holds holds = new Holds();

    Resident(BundleVersion version, Bundle bundle, S snapshot, Instant since, Duration loadTime) {
        this.version = version;
        this.bundle = bundle;
        this.snapshot = snapshot;
        this.since = since;
        this.loadTime = loadTime;
    }

    BundleVersion version() {
        return version;
    }

    /** See {@link dev.funnel.bundle.Manifest#itemLogPosition}. */
    long itemLogPosition() {
        return bundle.manifest().itemLogPosition();
    }

    @Override
    public String label() {
        return version.value();
    }

    @Override
    public ItemTable items() {
        return bundle.items();
    }

    @Override
    public long position() {
        return bundle.manifest().itemLogPosition();
    }

    @Override
    public S snapshot() {
        return snapshot;
    }

    @Override
    public void refresh(S newer) {
        snapshot = newer;
    }

    Instant since() {
        return since;
    }

    Duration loadTime() {
        return loadTime;
    }

    /** Requests that hold it now; the publisher's own hold is not counted. */
    int leases(boolean published) {
        return Math.max(0, holds.now() - (published ? 1 : 0));
    }

    boolean freed() {
        return holds.now() < 0;
    }

    /** Takes a hold; false if it is freed already. */
    @Override
    public boolean hold() {
        return holds.take();
    }

    /** Gives a hold back; the last one frees. */
    @Override
    public void release() {
        if (holds.give()) {
            free();
        }
    }

    private void free() {
        S last = snapshot;
        try (bundle;
                last) {
            LOG.info("bundle version {} is freed", version.value());
        } catch (Exception e) {
            LOG.error("bundle version {} could not be freed", version.value(), e);
        }
    }
}
