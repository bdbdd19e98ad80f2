package dev.funnel.cli.client;

import dev.funnel.proto.admin.v1.BundleState;
import dev.funnel.proto.admin.v1.BundleStatus;
import dev.funnel.proto.admin.v1.ListBundlesResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All processes that an operator names, and what each says of its bundle versions. A gateway is known by the replicas it tells of. */
public final class FunnelProcesses implements AutoCloseable {
    private final List<BundleAdminClient> clients;

    /**
     * A process with what it said.
     *
     * @param bundles the version states, newest first
     */
    public record Told(BundleAdminClient client, ListBundlesResponse bundles) {
        public boolean gateway() {
            return bundles.hasPinned() || bundles.getReplicasCount() > 0;
        }

        /** The version in a state; empty if there is none. */
        public Optional<String> version(BundleState state) {
            return bundles.getBundlesList().stream()
                    .filter(status -> status.getState() == state)
                    .map(status -> status.getBundle().getVersion())
                    .findFirst();
        }

        /** Versions that requests may still need. */
        public Stream<String> needed() {
            return bundles.getBundlesList().stream()
                    .filter(status -> status.getState() != BundleState.BUNDLE_STATE_REFUSED)
                    .map(BundleStatus::getBundle)
                    .map(bundle -> bundle.getVersion());
        }
    }

    /** @param processes each {@code host:port} */
    public FunnelProcesses(List<String> processes, String apiKey) {
        this.clients = processes.stream()
                .map(process -> new BundleAdminClient(process, apiKey))
                .toList();
    }

    public List<BundleAdminClient> clients() {
        return clients;
    }

    /** What all say, stages before gateways; fails if one does not answer, naming it. */
    public List<Told> askAll() throws IOException {
        List<Told> stages = new ArrayList<>();
        List<Told> gateways = new ArrayList<>();
        for (BundleAdminClient client : clients) {
            Told told = new Told(client, client.list());
            (told.gateway() ? gateways : stages).add(told);
        }
        stages.addAll(gateways);
        return stages;
    }

    @Override
    public void close() {
        clients.forEach(BundleAdminClient::close);
    }
}
