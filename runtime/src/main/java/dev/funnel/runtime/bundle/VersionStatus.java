package dev.funnel.runtime.bundle;

import dev.funnel.bundle.BundleVersion;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One bundle version as a process sees it.
 *
 * @param version which
 * @param state what the process does with it
 * @param cause why it was refused: the file and the reason; empty unless refused
 * @param since when it came to this state
 * @param loadTime how long verifying, loading and warming took; null if it was not loaded
 * @param leases requests that hold it now
 */
public record VersionStatus(
        BundleVersion version,
        State state,
        String cause,
        Instant since,
        @Nullable Duration loadTime,
        int leases) {
    /** What a process does with a version. */
    public enum State {
        /** Verifies, loads or warms it. */
        LOADING,
        /** Serves requests that name no version from it. */
        CURRENT,
        /** Serves requests that name it. */
        PREVIOUS,
        /** Does not serve it, and does not try again: it is damaged or unfit. */
        REFUSED,
        /** Serves no new requests from it, and frees it after the last that holds it. */
        RETIRING
    }

    static VersionStatus loading(BundleVersion version, Instant since) {
        return new VersionStatus(version, State.LOADING, "", since, null, 0);
    }

    static VersionStatus refused(BundleVersion version, String cause, Instant since) {
        return new VersionStatus(version, State.REFUSED, cause, since, null, 0);
    }

    static VersionStatus resident(Resident<?> resident, State state) {
        int leases = resident.leases(state != State.RETIRING);
        return new VersionStatus(resident.version(), state, "", resident.since(), resident.loadTime(), leases);
    }
}
