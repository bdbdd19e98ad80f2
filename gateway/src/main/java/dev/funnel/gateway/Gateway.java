package dev.funnel.gateway;

import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.grpc.ServiceHost;
import dev.funnel.runtime.process.Readiness;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway that runs: ready once a bundle is loaded, closed last part first. */
public final class Gateway implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    private final Snapshots<?> snapshots;
    private final BundleSettings bundles;
    private final Readiness readiness;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private @Nullable ServiceHost host;

    Gateway(Snapshots<?> snapshots, BundleSettings bundles, Readiness readiness) {
        this.snapshots = snapshots;
        this.bundles = bundles;
        this.readiness = readiness;
    }

    /** Takes a part in, to be closed before those taken in earlier. */
    <T extends AutoCloseable> T with(T part) {
        parts.push(part);
        return part;
    }

    /** The host is listening; from now on it is told when there is something to serve. */
    synchronized void listening(ServiceHost listening) {
        host = with(listening);
        announce();
    }

    /** Says whether there is a bundle to serve from. Called whenever that may have changed. */
    synchronized void announce() {
        if (host == null) {
            return;
        }
        host.ready(snapshots.ready());
        String address = host.address();
        snapshots
                .current()
                .ifPresentOrElse(
                        bundle -> readiness.ready(address, "bundle " + bundle),
                        () -> readiness.waiting(
                                address, "no bundle in " + bundles.root().resolve(bundles.name())));
    }

    /** The port it listens on. */
    public synchronized int port() {
        if (host == null) {
            throw new IllegalStateException("not listening yet");
        }
        return host.port();
    }

    /** Drains the host, then lets go of everything else. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.error("{} did not close", part, e);
            }
        }
    }
}
