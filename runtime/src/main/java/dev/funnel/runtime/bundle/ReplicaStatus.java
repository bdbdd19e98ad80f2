package dev.funnel.runtime.bundle;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.runtime.wire.Stage;
import java.util.Set;

/**
 * One replica of a stage, as a gateway sees it.
 *
 * @param stage what it serves
 * @param address {@code host:port}
 * @param state whether requests go to it
 * @param versions bundle versions that it last said it holds
 * @param cause why it is not serving or silent; empty otherwise
 * @param holdsBack whether the gateway's current version waits for it
 */
public record ReplicaStatus(
        Stage stage, String address, State state, Set<BundleVersion> versions, String cause, boolean holdsBack) {
    /** Whether a replica takes requests. */
    public enum State {
        SERVING,
        /** It says so, or nobody is there. */
        NOT_SERVING,
        /** It does not answer in time; it is taken to hold what it last said, for a while. */
        SILENT
    }

    public ReplicaStatus {
        versions = Set.copyOf(versions);
    }
}
