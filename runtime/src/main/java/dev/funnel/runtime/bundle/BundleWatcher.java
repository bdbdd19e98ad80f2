package dev.funnel.runtime.bundle;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.ReadingPace;
import dev.funnel.bundle.signature.TrustedKeys;
import dev.funnel.runtime.compute.GivingWay;
import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.error.NotFound;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.error.Overloaded;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.error.Refusal;
import dev.funnel.runtime.live.LiveVersion;
import dev.funnel.runtime.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a bundle folder and publishes what appears there into {@link Snapshots}: verifies, loads, warms, publishes, one
 * version at a time on one thread. A version that is refused is marked with the file and the reason, told of once, and not
 * tried again unless an operator asks for it by {@link #load}. At first it loads the newest two versions that are sound, so that a roll-back needs no loading.
 */
public final class BundleWatcher<S extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BundleWatcher.class);
    private static final int MAX_WAITING = 4;
    private static final long CLOSING_SECONDS = 10;

    private final BundleStore store;
    private final TrustedKeys keys;
    private final ByteSize verifyRate;
    private final SnapshotLoader<S> loader;
    private final Snapshots<S> snapshots;
    private final Consumer<? super LiveVersion<S>> beforeUse;
    private final Runnable onChange;
    private final LoadMetrics metrics;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private final Set<BundleVersion> heldBack = new HashSet<>();
    private volatile Map<BundleVersion, VersionStatus> refused = Map.of();
    private volatile @Nullable VersionStatus loading;
    private volatile boolean closing;
    private String lastTrouble = "";

    /**
     * @param beforeUse called with every version that is loaded, on the thread that loaded it, before requests can lease it
     * @param onChange called on the watcher's thread after every publication
     * @param metrics where loads are counted
     * @param clock for the times that operators are shown
     */
    public BundleWatcher(
            BundleSettings settings,
            SnapshotLoader<S> loader,
            Snapshots<S> snapshots,
            Consumer<? super LiveVersion<S>> beforeUse,
            Runnable onChange,
            Metrics metrics,
            InstantSource clock) {
        this.store = new BundleStore(settings.root(), settings.name());
        this.keys = settings.readTrustedKeys();
        this.verifyRate = settings.verifyRate();
        this.loader = loader;
        this.snapshots = snapshots;
        this.beforeUse = beforeUse;
        this.onChange = onChange;
        this.clock = clock;
        this.metrics = new LoadMetrics(metrics, this::statuses);
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("bundle-watcher").factory());
    }

    /** Looks now, and from then on every {@code poll}. */
    public void start(Duration poll) {
        var _ = thread.scheduleWithFixedDelay(this::look, 0, poll.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Looks once, and returns when what was found is loaded. */
    public void lookNow(Deadline deadline) {
        await(deadline, Executors.callable(this::look));
    }

    /** Versions that are resident, being loaded, or refused, newest first. */
    public List<VersionStatus> statuses() {
        List<VersionStatus> statuses = new ArrayList<>(snapshots.statuses());
        statuses.addAll(refused.values());
        VersionStatus now = loading;
        if (now != null) {
            statuses.add(now);
        }
        statuses.sort(Comparator.comparing(VersionStatus::version).reversed());
        return statuses;
    }

    /**
     * Makes a version current, loading it if it is not resident; versions newer than it are not loaded by themselves any more.
     *
     * @param wanted null: the newest in the folder
     * @throws NotFound if the folder has no such version
     * @throws PreconditionFailed if it is refused, with the file and the reason
     */
    public VersionStatus load(@Nullable BundleVersion wanted, Deadline deadline) {
        return await(deadline, () -> loadNow(wanted));
    }

    /**
     * Makes the previous version current again; the one it replaces is not loaded by itself any more.
     *
     * @throws PreconditionFailed if no previous version is held
     */
    public VersionStatus rollBack(Deadline deadline) {
        return await(deadline, this::rollBackNow);
    }

    /** Gives up what is being loaded, and retires everything. */
    @Override
    public void close() {
        closing = true;
        thread.shutdownNow();
        try {
            thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        snapshots.close();
    }

    private void look() {
        try {
            List<BundleVersion> versions = store.versions();
            forgetRefused(versions);
            if (snapshots.ready()) {
                publishNewer(versions);
            } else {
                publishFirst(versions);
            }
            lastTrouble = "";
        } catch (Exception | Error e) { // whatever it is, the next look may go better
            reportOnce(e);
        }
    }

    private void publishFirst(List<BundleVersion> versions) {
        Resident<S> current = firstSound(versions);
        if (current == null) {
            return;
        }
        Resident<S> previous = firstSound(versions.stream()
                .filter(version -> version.compareTo(current.version()) < 0)
                .toList());
        if (previous != null) {
            snapshots.keepAsPrevious(previous);
            metrics.loaded(previous.loadTime());
        }
        publish(current);
    }

    private void publishNewer(List<BundleVersion> versions) {
        BundleVersion current = snapshots.held().getFirst();
        Resident<S> newer = firstSound(versions.stream()
                .filter(version -> version.compareTo(current) > 0)
                .toList());
        if (newer != null) {
            publish(newer);
        }
    }

    private @Nullable Resident<S> firstSound(List<BundleVersion> newestFirst) {
        for (BundleVersion version : newestFirst) {
            if (!refused.containsKey(version) && !heldBack.contains(version)) {
                Resident<S> resident = loadOrRefuse(version);
                if (resident != null) {
                    return resident;
                }
            }
        }
        return null;
    }

    private void publish(Resident<S> resident) {
        snapshots.publish(resident);
        metrics.loaded(resident.loadTime());
        LOG.info(
                "bundle version {} is current, loaded in {}", resident.version().value(), resident.loadTime());
        onChange.run();
    }

    private VersionStatus loadNow(@Nullable BundleVersion wanted) throws Exception {
        List<BundleVersion> versions = store.versions();
        BundleVersion version = wanted == null && !versions.isEmpty() ? versions.getFirst() : wanted;
        if (version == null || (!versions.contains(version) && !snapshots.held().contains(version))) {
            throw new NotFound("BUNDLE_VERSION_NOT_FOUND", "the bundle folder has no version " + version);
        }
        if (snapshots.held().indexOf(version) == 1) {
            snapshots.swap();
            onChange.run();
        } else if (!snapshots.held().contains(version)) {
            publish(loadOrThrow(version));
        }
        holdBackNewerThan(version, versions);
        return snapshots.statuses().getFirst();
    }

    private Resident<S> loadOrThrow(BundleVersion version) {
        forget(version); // its files may have been put right
        Resident<S> resident = loadOrRefuse(version);
        if (resident == null) {
            VersionStatus refusal = refused.get(version);
            throw new PreconditionFailed(
                    "BUNDLE_REFUSED",
                    "version " + version.value() + " is refused: " + (refusal == null ? "" : refusal.cause()));
        }
        return resident;
    }

    private VersionStatus rollBackNow() {
        List<BundleVersion> held = snapshots.held();
        if (!snapshots.swap()) {
            throw new PreconditionFailed("NO_PREVIOUS_BUNDLE", "no previous version is held");
        }
        heldBack.add(held.getFirst());
        LOG.info(
                "rolled back from bundle version {} to {}",
                held.getFirst().value(),
                held.getLast().value());
        onChange.run();
        return snapshots.statuses().getFirst();
    }

    private void holdBackNewerThan(BundleVersion version, List<BundleVersion> versions) {
        heldBack.clear();
        versions.stream().filter(other -> other.compareTo(version) > 0).forEach(heldBack::add);
    }

    private @Nullable Resident<S> loadOrRefuse(BundleVersion version) {
        Instant begun = clock.instant();
        loading = VersionStatus.loading(version, begun);
        try {
            return load(version);
        } catch (BundleRefusedException e) {
            refuse(version, e.file() + ": " + e.reason(), null);
        } catch (Exception | Error e) {
            refuse(version, "cannot be loaded: " + e, e);
        } finally {
            loading = null;
        }
        return null;
    }

    /** Nobody waits for a new version while there is one to serve, so it takes little of the machine. */
    private Resident<S> load(BundleVersion version) throws Exception {
        return snapshots.ready()
                ? GivingWay.call("bundle-loader", () -> load(version, ReadingPace.of(verifyRate.bytes())))
                : load(version, ReadingPace.UNLIMITED);
    }

    private Resident<S> load(BundleVersion version, ReadingPace pace) throws Exception {
        long begun = System.nanoTime();
        Bundle bundle = Bundle.open(store.path(version), keys, pace);
        try {
            checkName(bundle);
            S snapshot = loader.load(bundle);
            if (closing) {
                snapshot.close();
                throw new CancellationException("the process stops");
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            return prepared(new Resident<>(version, bundle, snapshot, clock.instant(), took));
        } catch (Throwable e) {
            bundle.close();
            throw e;
        }
    }

    /** A bundle of another name, signed and whole, is still not the one asked for. */
    private void checkName(Bundle bundle) throws BundleRefusedException {
        if (!bundle.manifest().name().equals(store.name())) {
            throw new BundleRefusedException(
                    "manifest.json", "is of bundle " + bundle.manifest().name() + ", not of " + store.name());
        }
    }

    private Resident<S> prepared(Resident<S> resident) {
        try {
            beforeUse.accept(resident);
            return resident;
        } catch (RuntimeException | Error e) {
            resident.release();
            throw e;
        }
    }

    private void refuse(BundleVersion version, String cause, @Nullable Throwable fault) {
        if (closing) {
            LOG.info("bundle version {} is not loaded to the end: the process stops", version.value());
            return;
        }
        LOG.warn("bundle version {} is refused: {}", version.value(), cause, fault);
        metrics.refused();
        Map<BundleVersion, VersionStatus> all = new HashMap<>(refused);
        all.put(version, VersionStatus.refused(version, cause, clock.instant()));
        refused = Map.copyOf(all);
    }

    private void forget(BundleVersion version) {
        Map<BundleVersion, VersionStatus> all = new HashMap<>(refused);
        all.remove(version);
        refused = Map.copyOf(all);
    }

    /** Marks go with the folders they speak of, so that they cannot pile up. */
    private void forgetRefused(List<BundleVersion> versions) {
        heldBack.retainAll(versions);
        if (!versions.containsAll(refused.keySet())) {
            Map<BundleVersion, VersionStatus> kept = new HashMap<>(refused);
            kept.keySet().retainAll(versions);
            refused = Map.copyOf(kept);
        }
    }

    private void reportOnce(Throwable trouble) {
        if (!trouble.toString().equals(lastTrouble)) {
            lastTrouble = trouble.toString();
            LOG.warn("the bundle folder cannot be looked at: {}", lastTrouble);
        }
    }

    private <T> T await(Deadline deadline, Callable<T> work) {
        if (!waiting.tryAcquire()) {
            throw new Overloaded(MAX_WAITING + " bundle operations are waiting already", Duration.ofSeconds(1));
        }
        try {
            Future<T> done = thread.submit(() -> {
                try {
                    return work.call();
                } finally {
                    waiting.release();
                }
            });
            return done.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new NotReady("the process is stopping");
        } catch (TimeoutException e) {
            throw new DeadlinePassed("the bundle operation goes on, but was not done in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadlinePassed("interrupted while waiting for a bundle operation");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
