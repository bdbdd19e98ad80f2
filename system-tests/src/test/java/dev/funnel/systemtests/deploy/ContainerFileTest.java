package dev.funnel.systemtests.deploy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.funnel.cli.cluster.Service;
import dev.funnel.systemtests.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The container files: what they copy is there or is built, what they start exists, and with the flags of every JVM of Funnel. */
class ContainerFileTest {

    private static final String FOLDER = "deploy/container/";
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (\\S+) \\S+$");
    private static final Pattern START = Pattern.compile("(?m)^ENTRYPOINT (\\[.*])$");

    static Stream<String> containerFiles() throws IOException {
        try (Stream<Path> files = Files.list(Repository.root().resolve(FOLDER))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".Containerfile"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("containerFiles")
    void what_is_copied_is_in_the_tree_or_comes_from_a_module_that_exists(String file) {
        Matcher copies = COPY.matcher(Repository.read(FOLDER + file));
        int count = 0;
        while (copies.find()) {
            count++;
            Path source = Repository.root().resolve(copies.group(1).replaceAll("/target/.*", "/pom.xml"));
            assertTrue(Files.exists(source), file + " copies " + copies.group(1));
        }
        assertTrue(count > 1, file + " copies nothing");
    }

    @ParameterizedTest
    @MethodSource("containerFiles")
    void what_is_started_is_a_class_with_a_main(String file) throws IOException {
        List<String> words = entryPoint(file);
        String main = words.stream()
                .filter(word -> word.startsWith("dev.funnel."))
                .findFirst()
                .orElseThrow();
        assertDoesNotThrow(
                () -> Class.forName(main, false, getClass().getClassLoader()).getMethod("main", String[].class));
    }

    @ParameterizedTest
    @EnumSource
    void a_service_has_a_container_file_that_starts_it(Service service) throws IOException {
        assertTrue(entryPoint(service.label() + ".Containerfile").contains(service.mainClass()));
    }

    @Test
    void the_flags_are_those_of_every_jvm_of_funnel() {
        Matcher flags = Pattern.compile("<funnel.jvm>(.*)</funnel.jvm>").matcher(Repository.read("pom.xml"));
        assertTrue(flags.find());
        List<String> options = Repository.read(FOLDER + "jvm.options").lines().toList();
        List<String> missing = Arrays.stream(flags.group(1).split(" "))
                .filter(flag -> !options.contains(flag))
                .toList();
        assertEquals(List.of(), missing);
    }

    private static List<String> entryPoint(String file) throws IOException {
        Matcher start = START.matcher(Repository.read(FOLDER + file));
        assertTrue(start.find(), file + " has no entry point");
        return List.of(new ObjectMapper().readValue(start.group(1), String[].class));
    }
}
