package dev.funnel.systemtests.deploy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonMappingException;
import dev.funnel.cli.cluster.Service;
import dev.funnel.systemtests.Repository;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The Kubernetes manifests: every field exists, and what one object names another one is. */
class ManifestTest {

    private static final Path FOLDER = Repository.root().resolve("deploy/kubernetes");

    static Stream<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void a_manifest_has_only_fields_that_exist_and_objects_with_names(Path file) throws IOException {
        List<HasMetadata> objects = StrictYaml.read(Files.readString(file));
        assertTrue(!objects.isEmpty(), file + " is empty");
        for (HasMetadata object : objects) {
            assertNotNull(object.getMetadata().getName(), file + ": an object without a name");
        }
    }

    @Test
    void a_misspelt_field_is_found() {
        String misspelt = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIp: None}\n";
        assertThrows(JsonMappingException.class, () -> StrictYaml.read(misspelt));
    }

    @Test
    void a_field_of_the_wrong_type_or_written_twice_is_found() {
        String text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: many}\n";
        assertThrows(Exception.class, () -> StrictYaml.read(text));
        String twice = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nmetadata: {name: b}\n";
        assertThrows(Exception.class, () -> StrictYaml.read(twice));
    }

    @ParameterizedTest
    @EnumSource
    void a_service_has_its_own_deployment_with_probes_and_resources(Service service) {
        Container container = container(service);
        assertAll(
                () -> assertEquals("funnel/" + service.label(), image(container)),
                () -> assertEquals(
                        service.usualPort(), container.getPorts().getFirst().getContainerPort()),
                () -> assertProbed(service, container.getReadinessProbe()),
                () -> assertProbed(service, container.getLivenessProbe()),
                () -> assertProbed(service, container.getStartupProbe()),
                () -> assertTrue(container.getResources().getRequests().containsKey("cpu")),
                () -> assertTrue(container.getResources().getLimits().containsKey("memory")));
    }

    @ParameterizedTest
    @EnumSource
    void the_name_of_a_service_resolves_to_every_replica(Service service) {
        var network = only(io.fabric8.kubernetes.api.model.Service.class, service);
        var deployment = only(Deployment.class, service);
        assertEquals("None", network.getSpec().getClusterIP(), "must be headless");
        assertEquals(
                network.getSpec().getSelector(),
                deployment.getSpec().getSelector().getMatchLabels());
        assertTrue(deployment
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels()
                .entrySet()
                .containsAll(network.getSpec().getSelector().entrySet()));
        assertEquals(
                service.usualPort(), network.getSpec().getPorts().getFirst().getPort());
        assertNotNull(only(PodDisruptionBudget.class, service));
    }

    @ParameterizedTest
    @EnumSource
    void a_config_map_is_the_sample_configuration(Service service) {
        String mapped = only(ConfigMap.class, service).getData().get(service.label() + ".yaml");
        assertEquals(
                Repository.read("deploy/config/" + service.label() + ".yaml"),
                mapped,
                "run deploy/kubernetes/config-maps.sh");
    }

    @Test
    void the_gateway_is_told_the_names_that_exist() {
        for (Service stage : Service.values()) {
            if (stage != Service.GATEWAY) {
                String variable = "FUNNEL_STAGES_" + stage.name() + "_TARGET";
                String target = "dns:///funnel-" + stage.label() + ".funnel.svc.cluster.local:" + stage.usualPort();
                assertTrue(
                        container(Service.GATEWAY).getEnv().stream()
                                .anyMatch(env -> env.getName().equals(variable)
                                        && env.getValue().equals(target)),
                        variable + " must be " + target);
            }
        }
    }

    private static void assertProbed(Service service, Probe probe) {
        assertEquals(service.usualPort(), probe.getGrpc().getPort());
    }

    private static String image(Container container) {
        return container.getImage().substring(0, container.getImage().indexOf(':'));
    }

    private static Container container(Service service) {
        return only(Deployment.class, service)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    private static <T extends HasMetadata> T only(Class<T> type, Service service) {
        List<T> found = objects()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(object -> object.getMetadata().getName().equals("funnel-" + service.label()))
                .toList();
        assertEquals(1, found.size(), type.getSimpleName() + " funnel-" + service.label());
        return found.getFirst();
    }

    private static Stream<HasMetadata> objects() {
        try {
            return manifests().flatMap(file -> {
                try {
                    return StrictYaml.read(Files.readString(file)).stream();
                } catch (IOException e) {
                    throw new UncheckedIOException(file.toString(), e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
