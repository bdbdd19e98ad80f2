package dev.funnel.systemtests.document;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.cli.Funnel;
import dev.funnel.proto.admin.v1.BundleServiceGrpc;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.proto.ranking.v1.RankingServiceGrpc;
import dev.funnel.proto.reranker.v1.RerankerServiceGrpc;
import dev.funnel.systemtests.Repository;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParameterException;

/** What the documents tell people to type can be typed, and what they link to is there. */
class DocumentTest {

    private static final Pattern SHELL = Pattern.compile("(?s)```sh\\n(.*?)```");
    private static final Pattern INLINE = Pattern.compile("`(\\./funnel [^`]*)`");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");
    private static final Pattern METHOD = Pattern.compile("funnel\\.[a-z.0-9]+\\.[A-Z]\\w+/\\w+");

    static Stream<Path> documents() throws IOException {
        Path root = Repository.root();
        try (Stream<Path> top = Files.list(root);
                Stream<Path> docs = Files.walk(root.resolve("docs"))) {
            return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_funnel_command_can_be_parsed(Path document) throws IOException {
        for (String command : funnelCommands(Files.readString(document))) {
            assertDoesNotThrow(() -> parse(command), document.getFileName() + ": " + command);
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_leads_to_a_file(Path document) throws IOException {
        Matcher links = LINK.matcher(Files.readString(document));
        while (links.find()) {
            Path target = document.resolveSibling(links.group(1)).normalize();
            assertTrue(Files.exists(target), document.getFileName() + " links to " + links.group(1));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_rpc_named_exists(Path document) throws IOException {
        Matcher named = METHOD.matcher(Files.readString(document));
        while (named.find()) {
            assertTrue(methods().contains(named.group()), document.getFileName() + " names " + named.group());
        }
    }

    @Test
    void the_readme_shows_the_main_command_and_the_test_command_that_ci_runs() {
        String readme = Repository.read("README.md");
        assertTrue(funnelCommands(readme).contains("./funnel demo"), "./funnel demo");
        assertTrue(readme.contains("\n./mvnw -B verify\n"), "./mvnw -B verify");
        assertTrue(Repository.read(".ci/run").contains("exec ./mvnw -B verify"));
    }

    @Test
    void a_command_that_does_not_exist_is_found() {
        assertEquals(
                List.of("./funnel recommend --usr u1"),
                funnelCommands("```sh\n./funnel recommend --usr u1 # who\n```"));
        assertThrows(ParameterException.class, () -> parse("./funnel recommend --usr u1"));
    }

    private static Set<String> methods() {
        return Stream.of(
                        RecommendationServiceGrpc.getServiceDescriptor(),
                        CandidateServiceGrpc.getServiceDescriptor(),
                        RankingServiceGrpc.getServiceDescriptor(),
                        RerankerServiceGrpc.getServiceDescriptor(),
                        BundleServiceGrpc.getServiceDescriptor())
                .flatMap(service -> service.getMethods().stream())
                .map(MethodDescriptor::getFullMethodName)
                .collect(Collectors.toSet());
    }

    private static void parse(String command) {
        String[] words = command.strip().split("\\s+");
        Funnel.commandLine().parseArgs(Stream.of(words).skip(1).toArray(String[]::new));
    }

    private static List<String> funnelCommands(String text) {
        List<String> commands = new ArrayList<>();
        SHELL.matcher(text)
                .results()
                .forEach(block -> block.group(1)
                        .replace("\\\n", " ")
                        .lines()
                        .filter(line -> line.startsWith("./funnel "))
                        .map(line -> line.replaceAll("\\s+([#|>].*)$", ""))
                        .forEach(commands::add));
        INLINE.matcher(text).results().forEach(inline -> commands.add(inline.group(1)));
        return commands;
    }
}
