package dev.funnel.runtime.process;

import dev.funnel.runtime.bundle.BundleAdminService;
import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.bundle.BundleWatcher;
import dev.funnel.runtime.bundle.SnapshotLoader;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.grpc.ServerSettings;
import dev.funnel.runtime.grpc.ServiceHost;
import dev.funnel.runtime.telemetry.Metrics;
import io.grpc.BindableService;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running stage: a host that serves from the bundle versions a watcher publishes. It starts without a bundle, NOT_SERVING, is
 * ready once one is loaded, and serves {@code admin.v1.BundleService} throughout.
 *
 * @param <S> the stage's snapshot
 */
public final class StageProcess<S extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StageProcess.class);

    private final ServiceHost host;
    private final BundleWatcher<S> watcher;
    private final Snapshots<S> snapshots;
    private final BundleSettings bundles;
    private final Readiness readiness;
    private final List<AutoCloseable> belongings;
    private final Metrics metrics;

    private StageProcess(
            ServerSettings server,
            Metrics metrics,
            BundleSettings bundles,
            Snapshots<S> snapshots,
            SnapshotLoader<S> loader,
            List<BindableService> services,
            List<AutoCloseable> belongings,
            Readiness readiness) {
        this.bundles = bundles;
        this.snapshots = snapshots;
        this.readiness = readiness;
        this.belongings = belongings;
        this.metrics = metrics;
        this.watcher = new BundleWatcher<>(bundles, loader, snapshots, this::announce, InstantSource.system());
        ServiceHost.Builder builder =
                ServiceHost.builder(server).metrics(metrics).adminService(new BundleAdminService(bundles, watcher));
        services.forEach(builder::service);
        this.host = builder.start();
    }

    /**
     * Binds the port and begins to watch for bundles.
     *
     * @param metrics where calls are counted; closed last
     * @param snapshots what {@code services} lease from
     * @param services served once a bundle is loaded
     * @param belongings closed after the host has drained, in order
     */
    public static <S extends AutoCloseable> StageProcess<S> start(
            ServerSettings server,
            Metrics metrics,
            BundleSettings bundles,
            Snapshots<S> snapshots,
            SnapshotLoader<S> loader,
            List<BindableService> services,
            List<AutoCloseable> belongings,
            Readiness readiness) {
        StageProcess<S> process =
                new StageProcess<>(server, metrics, bundles, snapshots, loader, services, belongings, readiness);
        process.announce();
        process.watcher.start(bundles.poll());
        return process;
    }

    public ServiceHost host() {
        return host;
    }

    public Snapshots<S> snapshots() {
        return snapshots;
    }

    /** Looks for bundles now, and returns when what was found is loaded. */
    public void lookForBundles(Deadline deadline) {
        watcher.lookNow(deadline);
    }

    /** Drains, then lets go of everything. */
    @Override
    public void close() {
        host.close();
        watcher.close();
        belongings.forEach(StageProcess::closeQuietly);
        metrics.close();
    }

    private void announce() {
        host.ready(snapshots.ready());
        snapshots
                .current()
                .ifPresentOrElse(
                        current -> readiness.ready(host.address(), "bundle " + current),
                        () -> readiness.waiting(
                                host.address(), "no bundle in " + bundles.root().resolve(bundles.name())));
    }

    private static void closeQuietly(AutoCloseable belonging) {
        try {
            belonging.close();
        } catch (Exception e) {
            LOG.warn("{} could not be closed", belonging, e);
        }
    }
}
