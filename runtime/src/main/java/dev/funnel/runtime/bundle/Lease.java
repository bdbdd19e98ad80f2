package dev.funnel.runtime.bundle;

import dev.funnel.runtime.wire.BundleRef;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request's hold on one bundle version: until it is closed, the snapshot stays usable, whatever is published meanwhile.
 *
 * @param <S> the service's snapshot
 */
public final class Lease<S extends AutoCloseable> implements AutoCloseable {
    private final Resident<S> resident;
    private final BundleRef bundle;
    private final S snapshot;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(Resident<S> resident, BundleRef bundle) {
        this(resident, bundle, resident.snapshot());
    }

    private Lease(Resident<S> resident, BundleRef bundle, S snapshot) {
        this.resident = resident;
        this.bundle = bundle;
        this.snapshot = snapshot;
    }

    /** The snapshot as it was when the lease was taken: live items that change meanwhile are seen by those who lease later. */
    public S snapshot() {
        return snapshot;
    }

    /** The version held, as responses name it. */
    public BundleRef bundle() {
        return bundle;
    }

    /**
     * A second hold on the same version, for work that may outlast the request.
     *
     * @throws IllegalStateException if this lease is closed
     */
    public Lease<S> share() {
        if (closed.get() || !resident.hold()) {
            throw new IllegalStateException("the lease on " + bundle + " is closed");
        }
        return new Lease<>(resident, bundle, snapshot);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            resident.release();
        }
    }
}
