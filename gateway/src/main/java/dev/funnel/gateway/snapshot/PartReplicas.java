package dev.funnel.gateway.snapshot;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.runtime.bundle.ReplicaStatus;
import dev.funnel.runtime.wire.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the replicas of one part of a stage last said. Those that serve count; one that is silent counts as it last said until it
 * was silent {@value #MOST_SILENCES} times in a row; one that does not serve does not count.
 */
final class PartReplicas {
    private static final int MOST_SILENCES = 10;

    private final Stage stage;
    private final Replicas replicas;
    private volatile Map<String, Seen> seen = Map.of();
    private volatile Set<BundleVersion> refused = Set.of();

    private record Seen(ReplicaAnswer answer, Set<BundleVersion> versions, int silences) {
        static Seen of(ReplicaAnswer answer, @Nullable Seen before) {
            if (answer.state() != ReplicaStatus.State.SILENT) {
                return new Seen(answer, answer.versions(), 0);
            }
            return before == null
                    ? new Seen(answer, Set.of(), MOST_SILENCES)
                    : new Seen(answer, before.versions, Math.min(before.silences + 1, MOST_SILENCES));
        }

        boolean counts() {
            return switch (answer.state()) {
                case SERVING -> true;
                case NOT_SERVING -> false;
                case SILENT -> silences < MOST_SILENCES;
            };
        }
    }

    PartReplicas(Stage stage, Replicas replicas) {
        this.stage = stage;
        this.replicas = replicas;
    }

    Stage stage() {
        return stage;
    }

    void ask() {
        Map<String, Seen> now = new TreeMap<>();
        replicas.ask().forEach((address, answer) -> now.put(address, Seen.of(answer, seen.get(address))));
        seen = now;
        refused = Set.of();
    }

    /** Takes note that one of the replicas lacks a version, whatever they said, until they are asked again. */
    void refused(BundleVersion version) {
        Set<BundleVersion> all = new HashSet<>(refused);
        all.add(version);
        refused = Set.copyOf(all);
    }

    /** The share of the replicas that count which hold a version; 1 if none counts, so that a stage that is down stops nobody. */
    double share(BundleVersion version) {
        if (refused.contains(version)) {
            return 0;
        }
        int counting = 0;
        int holding = 0;
        for (Seen replica : seen.values()) {
            if (replica.counts()) {
                counting++;
                holding += replica.versions.contains(version) ? 1 : 0;
            }
        }
        return counting == 0 ? 1 : (double) holding / counting;
    }

    /** @param wanted the gateway's current version; null before there is one */
    List<ReplicaStatus> statuses(@Nullable BundleVersion wanted) {
        List<ReplicaStatus> statuses = new ArrayList<>();
        seen.forEach((address, replica) -> statuses.add(new ReplicaStatus(
                stage,
                address,
                replica.answer.state(),
                replica.versions,
                replica.answer.cause(),
                wanted != null && replica.counts() && !replica.versions.contains(wanted))));
        return statuses;
    }
}
