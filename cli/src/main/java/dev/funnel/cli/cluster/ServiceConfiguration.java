package dev.funnel.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The YAML of one service: the sample configuration, with what differs here put in its place. */
public final class ServiceConfiguration {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final ObjectNode root;

    private ServiceConfiguration(ObjectNode root) {
        this.root = root;
    }

    /** The sample that the service is documented with. */
    public static ServiceConfiguration sample(Service service) {
        String resource = "/dev/funnel/cli/config/" + service.label() + ".yaml";
        try (InputStream in = ServiceConfiguration.class.getResourceAsStream(resource)) {
            return new ServiceConfiguration((ObjectNode) YAML.readTree(Objects.requireNonNull(in, resource)));
        } catch (IOException e) {
            throw new IllegalStateException("the packaged sample is damaged: " + resource, e);
        }
    }

    /** Puts a value at a path of keys, e.g. {@code set("7101", "server", "port")}. */
    public ServiceConfiguration set(Object value, String... path) {
        ObjectNode section = root;
        for (int i = 0; i < path.length - 1; i++) {
            section = section.get(path[i]) instanceof ObjectNode inner ? inner : section.putObject(path[i]);
        }
        section.set(path[path.length - 1], YAML.valueToTree(value));
        return this;
    }

    /** Scales the limits of each pipeline's generators so that together they nominate about so many items; of a gateway. */
    public ServiceConfiguration nominating(int items) {
        for (JsonNode pipeline : root.path("pipelines")) {
            JsonNode generators = pipeline.path("generators");
            int sum = 0;
            for (JsonNode generator : generators) {
                sum += generator.path("limit").asInt();
            }
            for (JsonNode generator : generators) {
                long scaled =
                        Math.round((double) items * generator.path("limit").asInt() / sum);
                ((ObjectNode) generator).put("limit", (int) Math.max(1, scaled));
            }
        }
        return this;
    }

    /** The YAML. */
    public String text() {
        try {
            return YAML.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of values that YAML cannot hold", e);
        }
    }

    /** Writes it where the service will read it. */
    public void write(Path file) throws IOException {
        Files.writeString(file, text());
    }
}
