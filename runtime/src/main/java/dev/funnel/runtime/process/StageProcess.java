package dev.funnel.runtime.process;

import dev.funnel.runtime.bundle.BundleAdminService;
import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.bundle.BundleWatcher;
import dev.funnel.runtime.bundle.RollOut;
import dev.funnel.runtime.bundle.SnapshotLoader;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.grpc.ServerSettings;
import dev.funnel.runtime.grpc.ServiceHost;
import dev.funnel.runtime.live.LiveItems;
import dev.funnel.runtime.live.LiveSnapshot;
import dev.funnel.runtime.log.ItemLogFollower;
import dev.funnel.runtime.log.ItemLogFollowing;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.wire.BundleRef;
import io.grpc.BindableService;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running stage: a host that serves from the bundle versions a watcher publishes. It starts without a bundle, NOT_SERVING, is
 * ready once one is loaded and the item log, if it follows one, does not run ahead of it, and serves {@code admin.v1.BundleService} throughout.
 *
 * @param <S> the stage's snapshot
 */
public final class StageProcess<S extends LiveSnapshot<S>> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StageProcess.class);

    /** How often it is looked at whether the process lags behind the item log. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private final ServiceHost host;
    private final LiveItems<S> liveItems;
    private final BundleWatcher<S> watcher;
    private final Snapshots<S> snapshots;
    private final BundleSettings bundles;
    private final BundleAdminService admin;
    private final Readiness readiness;
    private final List<AutoCloseable> belongings;
    private final Metrics metrics;
    private final @Nullable ItemLogFollower follower;
    private final ItemGauges gauges;
    private @Nullable BundleRef faulty;
    private final List<Runnable> endings = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("readiness").factory());

    private StageProcess(
            ServerSettings server,
            Metrics metrics,
            BundleSettings bundles,
            Snapshots<S> snapshots,
            SnapshotLoader<S> loader,
            List<BindableService> services,
            ItemLogFollowing following,
            List<AutoCloseable> belongings,
            Readiness readiness) {
        this.bundles = bundles;
        this.snapshots = snapshots;
        this.readiness = readiness;
        this.belongings = belongings;
        this.metrics = metrics;
        this.liveItems =
                new LiveItems<>(following.liveItems(), following.withWatchers(), snapshots::isCurrent, Ticker.SYSTEM);
        this.follower =
                following.follower() == null ? null : following.follower().apply(liveItems);
        this.gauges = new ItemGauges(metrics);
        this.watcher = new BundleWatcher<>(
                bundles, loader, snapshots, liveItems::attach, this::announce, metrics, InstantSource.system());
        this.admin = new BundleAdminService(bundles, watcher, follower);
        ServiceHost.Builder builder =
                ServiceHost.builder(server).metrics(metrics).adminService(admin).onMappedFault(this::fault);
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
    public static <S extends LiveSnapshot<S>> StageProcess<S> start(
            ServerSettings server,
            Metrics metrics,
            BundleSettings bundles,
            Snapshots<S> snapshots,
            SnapshotLoader<S> loader,
            List<BindableService> services,
            List<AutoCloseable> belongings,
            Readiness readiness) {
        return start(
                server, metrics, bundles, snapshots, loader, services, ItemLogFollowing.none(), belongings, readiness);
    }

    /**
     * The same for a process whose items change between bundles.
     *
     * @param following how it follows the item log; the process is not ready while it lags
     */
    public static <S extends LiveSnapshot<S>> StageProcess<S> start(
            ServerSettings server,
            Metrics metrics,
            BundleSettings bundles,
            Snapshots<S> snapshots,
            SnapshotLoader<S> loader,
            List<BindableService> services,
            ItemLogFollowing following,
            List<AutoCloseable> belongings,
            Readiness readiness) {
        StageProcess<S> process = new StageProcess<>(
                server, metrics, bundles, snapshots, loader, services, following, belongings, readiness);
        process.announce();
        process.watcher.start(bundles.poll());
        process.follow();
        return process;
    }

    private void follow() {
        if (follower != null) {
            follower.start();
            watchLag(follower);
        }
    }

    public ServiceHost host() {
        return host;
    }

    public Snapshots<S> snapshots() {
        return snapshots;
    }

    /** Of a gateway: what operators are told of the stages' replicas. */
    public void showRollOut(Supplier<RollOut> rollOut) {
        admin.showRollOut(rollOut);
    }

    /** Called first when the process is to end: ends what would never end by itself. */
    public void beforeDrain(Runnable end) {
        endings.add(end);
    }

    /** What has changed of the items since the bundles; takes the entries of the item log. */
    public LiveItems<S> liveItems() {
        return liveItems;
    }

    /** Looks for bundles now, and returns when what was found is loaded. */
    public void lookForBundles(Deadline deadline) {
        watcher.lookNow(deadline);
    }

    /** Drains, then lets go of everything. */
    @Override
    public void close() {
        endings.forEach(Runnable::run);
        host.close();
        looks.shutdownNow();
        if (follower != null) {
            follower.close();
        }
        liveItems.close();
        watcher.close();
        belongings.forEach(StageProcess::closeQuietly);
        metrics.close();
    }

    private void watchLag(ItemLogFollower watched) {
        Runnable look = () -> {
            announce();
            gauges.show(liveItems.changedItems(), watched.status());
        };
        var _ = looks.scheduleWithFixedDelay(look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * A file of a bundle changed after it was verified. What is there now was not, so the process serves no more until another version
     * is current.
     */
    private synchronized void fault() {
        BundleRef current = snapshots.current().orElse(null);
        if (current != null && !current.equals(faulty)) {
            faulty = current;
            LOG.error(
                    "bundle {}: a file was changed after it was verified; another version, or a restart, is needed",
                    current);
            announce();
        }
    }

    private synchronized void announce() {
        String lagging = follower == null ? "" : follower.status().lagging();
        BundleRef current = snapshots.current().orElse(null);
        boolean sound = current != null && !current.equals(faulty);
        host.ready(sound && lagging.isEmpty());
        if (current == null) {
            readiness.waiting(host.address(), "no bundle in " + bundles.root().resolve(bundles.name()));
        } else if (!sound) {
            readiness.waiting(host.address(), "a file of bundle " + current + " was changed after it was verified");
        } else if (lagging.isEmpty()) {
            readiness.ready(host.address(), "bundle " + current);
        } else {
            readiness.waiting(host.address(), lagging);
        }
    }

    private static void closeQuietly(AutoCloseable belonging) {
        try {
            belonging.close();
        } catch (Exception e) {
            LOG.warn("{} could not be closed", belonging, e);
        }
    }
}
