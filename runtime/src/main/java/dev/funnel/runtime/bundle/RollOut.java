package dev.funnel.runtime.bundle;

import dev.funnel.bundle.BundleVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a version has come over the replicas of all stages, as a gateway sees it.
 *
 * @param pinned the version that requests run on; null before there is one
 * @param replicas every replica known
 */
public record RollOut(@Nullable BundleVersion pinned, List<ReplicaStatus> replicas) {
    /** Of a process that calls no stage. */
    public static final RollOut NONE = new RollOut(null, List.of());

    public RollOut {
        replicas = List.copyOf(replicas);
    }

    /** Those that the gateway's current version waits for. */
    public List<ReplicaStatus> holdingBack() {
        return replicas.stream().filter(ReplicaStatus::holdsBack).toList();
    }
}
