package dev.funnel.runtime.bundle;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.live.LiveVersion;
import dev.funnel.runtime.wire.BundleRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The bundle versions a process serves from: the current one and the one before it, each as a loaded {@code S}. A {@link
 * BundleWatcher} publishes into it; requests lease from it without ever waiting. A version that is replaced twice is retired:
 * freed after its last lease.
 *
 * @param <S> everything one bundle version contributes to one service, immutable
 */
public final class Snapshots<S extends AutoCloseable> implements AutoCloseable {
    private final String bundleName;
    private final String place;
    private volatile View<S> view = new View<>(null, null);
    private volatile List<Resident<S>> retiring = List.of();

    /** Empty, for the bundle of a store. */
    public Snapshots(BundleSettings settings) {
        this.bundleName = settings.name();
        this.place = settings.root().resolve(settings.name()).toString();
    }

    /**
     * Takes hold of a version; the caller closes the lease when the request is done.
     *
     * @param wanted an empty version means the current one
     * @throws NotReady if none is loaded yet
     * @throws PreconditionFailed if the version wanted is not held, naming those that are
     */
    public Lease<S> lease(BundleRef wanted) {
        while (true) { // again only if a version was retired between the look and the hold
            Resident<S> resident = choose(view, wanted);
            if (resident.hold()) {
                return new Lease<>(resident, ref(resident));
            }
        }
    }

    /** Takes hold of the current version. */
    public Lease<S> lease() {
        return lease(BundleRef.NEWEST);
    }

    /** Whether a version is held. */
    public boolean ready() {
        return view.current != null;
    }

    /** The current version, as responses name it; empty before the first. */
    public Optional<BundleRef> current() {
        return Optional.ofNullable(view.current).map(this::ref);
    }

    /** Whether this is the version that requests get which name none. */
    public boolean isCurrent(LiveVersion<S> version) {
        return view.current == version;
    }

    /** Versions that requests may name, the current one first. */
    public List<BundleVersion> held() {
        return view.residents().stream().map(Resident::version).toList();
    }

    /** The position of the item log that every version held was trained to; empty before the first. */
    public OptionalLong oldestItemLogPosition() {
        return view.residents().stream().mapToLong(Resident::itemLogPosition).min();
    }

    /** What is resident, the current one first, then those that still have leases. */
    List<VersionStatus> statuses() {
        View<S> now = view;
        List<VersionStatus> statuses = new ArrayList<>();
        if (now.current != null) {
            statuses.add(VersionStatus.resident(now.current, VersionStatus.State.CURRENT));
        }
        if (now.previous != null) {
            statuses.add(VersionStatus.resident(now.previous, VersionStatus.State.PREVIOUS));
        }
        retiring.stream()
                .filter(resident -> !resident.freed())
                .map(resident -> VersionStatus.resident(resident, VersionStatus.State.RETIRING))
                .forEach(statuses::add);
        return statuses;
    }

    /** Makes a version current; the one it replaces becomes the previous one, and the previous one is retired. */
    void publish(Resident<S> next) {
        View<S> before = view;
        view = new View<>(next, before.current == null ? before.previous : before.current);
        if (before.current != null) {
            retire(before.previous);
        }
    }

    /** Holds an older version beside the current one. */
    void keepAsPrevious(Resident<S> older) {
        View<S> before = view;
        view = new View<>(before.current, older);
        retire(before.previous);
    }

    /** Makes the previous version current and keeps the one it replaces; false if there is none. */
    boolean swap() {
        View<S> before = view;
        if (before.previous == null) {
            return false;
        }
        view = new View<>(before.previous, before.current);
        return true;
    }

    /** Retires everything; leases that are out stay good. */
    @Override
    public void close() {
        View<S> before = view;
        view = new View<>(null, null);
        before.residents().forEach(this::retire);
    }

    private void retire(@Nullable Resident<S> resident) {
        if (resident == null) {
            return;
        }
        List<Resident<S>> leaving = new ArrayList<>(retiring);
        leaving.removeIf(Resident::freed);
        leaving.add(resident);
        retiring = List.copyOf(leaving);
        resident.release();
    }

    private Resident<S> choose(View<S> now, BundleRef wanted) {
        if (now.current == null) {
            throw new NotReady("no bundle is loaded yet: looking for one in " + place);
        }
        boolean named = wanted.name().isEmpty() || wanted.name().equals(bundleName);
        if (named && wanted.version().isEmpty()) {
            return now.current;
        }
        return now.residents().stream()
                .filter(resident -> named && resident.version().value().equals(wanted.version()))
                .findFirst()
                .orElseThrow(() -> notHeld(wanted));
    }

    private PreconditionFailed notHeld(BundleRef wanted) {
        return new PreconditionFailed(
                PreconditionFailed.VERSION_NOT_HELD,
                "bundle " + wanted + " is not held; held are "
                        + view.residents().stream()
                                .sorted(Comparator.comparing(Resident<S>::version)
                                        .reversed())
                                .map(resident -> ref(resident).toString())
                                .toList());
    }

    private BundleRef ref(Resident<S> resident) {
        return new BundleRef(bundleName, resident.version().value());
    }

    private record View<S extends AutoCloseable>(
            @Nullable Resident<S> current, @Nullable Resident<S> previous) {
        List<Resident<S>> residents() {
            List<Resident<S>> residents = new ArrayList<>(2);
            if (current != null) {
                residents.add(current);
            }
            if (previous != null) {
                residents.add(previous);
            }
            return residents;
        }
    }
}
