package dev.funnel.gateway.snapshot;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.runtime.bundle.ReplicaStatus;
import java.util.Set;

/**
 * What a replica said when it was asked.
 *
 * @param state whether it takes requests
 * @param versions the bundle versions it holds; empty if it did not say
 * @param cause why it does not serve or does not say; empty otherwise
 */
public record ReplicaAnswer(ReplicaStatus.State state, Set<BundleVersion> versions, String cause) {
    public static ReplicaAnswer serving(Set<BundleVersion> versions) {
        return new ReplicaAnswer(ReplicaStatus.State.SERVING, versions, "");
    }

    public static ReplicaAnswer notServing(String cause) {
        return new ReplicaAnswer(ReplicaStatus.State.NOT_SERVING, Set.of(), cause);
    }

    public static ReplicaAnswer silent(String cause) {
        return new ReplicaAnswer(ReplicaStatus.State.SILENT, Set.of(), cause);
    }
}
