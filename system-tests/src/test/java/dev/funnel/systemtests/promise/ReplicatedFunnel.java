package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.FileEntry;
import dev.funnel.bundle.signature.SigningKey;
import dev.funnel.cli.client.BundleAdminClient;
import dev.funnel.cli.cluster.Ports;
import dev.funnel.cli.cluster.Service;
import dev.funnel.cli.cluster.ServiceConfiguration;
import dev.funnel.proto.admin.v1.ListBundlesResponse;
import dev.funnel.runtime.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two replicas of every stage behind two gateways, each a process of its own, over a folder of signed bundles. Versions are copies of
 * the tiny funnel's bundle.
 */
final class ReplicatedFunnel implements AutoCloseable {
    private static final int REPLICAS = 2;
    private static final int PROCESSES = REPLICAS * Service.values().length;

    private final Path folder;
    private final Path original;
    private final SigningKey key;
    private final List<FunnelMember> members = new ArrayList<>();

    /** @param original directory of the version that all versions are copies of */
    ReplicatedFunnel(Path folder, Path original) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.original = original;
        this.key = SigningKey.generate(folder.resolve("key"), folder.resolve("key.pub"));
        publish(bundles(), List.of(key));
        publish(bundles(), List.of(key));
        Set<Integer> free = new LinkedHashSet<>();
        while (free.size() < 2 * PROCESSES) {
            free.addAll(Ports.free().values());
        }
        Iterator<Integer> ports = free.iterator();
        for (Service service : Service.values()) {
            for (int replica = 0; replica < REPLICAS; replica++) {
                members.add(new FunnelMember(folder, service, replica, ports.next(), ports.next()));
            }
        }
        for (FunnelMember member : members) {
            configuration(member).write(member.configuration());
            member.start();
        }
        for (FunnelMember member : members) {
            member.awaitReady();
        }
    }

    Path bundles() {
        return folder.resolve("bundles");
    }

    SigningKey key() {
        return key;
    }

    BundleStore store() {
        return new BundleStore(bundles(), "demo");
    }

    List<FunnelMember> members() {
        return members;
    }

    /** Addresses of all processes, as the command takes them. */
    String targets() {
        return members.stream().map(FunnelMember::address).collect(Collectors.joining(","));
    }

    /** Addresses of all replicas of a service. */
    String targets(Service service) {
        return members.stream()
                .filter(member -> member.service() == service)
                .map(FunnelMember::address)
                .collect(Collectors.joining(","));
    }

    /** Publishes the next version, signed. */
    BundleVersion publish() throws Exception {
        return publish(bundles(), List.of(key));
    }

    /** Publishes a copy of the original, with these signatures, into any folder. */
    BundleVersion publish(Path root, List<SigningKey> signers) throws IOException, BundleRefusedException {
        BundleStore store = new BundleStore(root, "demo").signing(signers);
        try (Bundle bundle = Bundle.open(original);
                BundleStore.Draft draft = store.draft()) {
            for (FileEntry file : bundle.manifest().files()) {
                Files.copy(original.resolve(file.path()), draft.file(file.path()));
            }
            return draft.publish(bundle.manifest().contents());
        }
    }

    /** Waits until every gateway runs its requests on a version. */
    void awaitPinned(BundleVersion version) {
        for (FunnelMember member : members) {
            if (member.service() == Service.GATEWAY) {
                Await.calmly(
                        "requests at " + member.address() + " run on " + version,
                        () -> ask(member).getPinned().getVersion().equals(version.value()));
            }
        }
    }

    static ListBundlesResponse ask(FunnelMember member) {
        try (BundleAdminClient client = new BundleAdminClient(member.address(), "")) {
            return client.list();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops a process as an operator does, starts it again, and waits until calls reach it. */
    void restart(FunnelMember member) throws Exception {
        assertEquals(0, member.terminate(), member::log);
        member.start();
        member.awaitReady();
        member.awaitCalled();
    }

    private ServiceConfiguration configuration(FunnelMember member) {
        ServiceConfiguration configuration = ServiceConfiguration.sample(member.service())
                .set(member.port(), "server", "port")
                .set("500ms", "server", "drain_notice")
                .set(member.metricsPort(), "metrics", "port")
                .set(bundles().toString(), "bundles", "root")
                .set(List.of(folder.resolve("key.pub").toString()), "bundles", "trusted_keys")
                .set("100ms", "bundles", "poll");
        if (member.service() == Service.GATEWAY) {
            for (Service stage : List.of(Service.CANDIDATE, Service.RANKING, Service.RERANKER)) {
                configuration.set(targets(stage), "stages", stage.label(), "target");
            }
            configuration.set("100ms", "stages", "version_poll").set("20s", "pipelines", "home", "deadline_cap");
        }
        return configuration;
    }

    @Override
    public void close() {
        members.forEach(FunnelMember::close);
    }
}
