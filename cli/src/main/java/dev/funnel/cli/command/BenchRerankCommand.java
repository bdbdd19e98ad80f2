package dev.funnel.cli.command;

import dev.funnel.benchmarks.rerank.RerankBench;
import dev.funnel.benchmarks.serve.Percentiles;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import dev.funnel.reranker.rule.Policy;
import dev.funnel.runtime.config.ConfigurationFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Re-ranking on one thread: the whole, and rule by rule. */
@Command(
        name = "rerank",
        description = {
            "Turns candidates into slates by one policy, on one thread, and tells the time of the whole and of each rule.",
            "Explained requests, which say every removal and score change, are measured beside plain ones in the same run."
        },
        mixinStandardHelpOptions = true)
public final class BenchRerankCommand extends WorkingCommand {
    private static final String SAMPLE = "/dev/funnel/cli/bench/rerank-policy.yaml";

    @Option(
            names = "--candidates",
            paramLabel = "N",
            defaultValue = "500",
            description = "candidates of a request (default: ${DEFAULT-VALUE})")
    private int candidates;

    @Option(
            names = "--slate",
            paramLabel = "K",
            defaultValue = "50",
            description = "places of the slate (default: ${DEFAULT-VALUE})")
    private int slate;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "one policy: filters, transforms, slate (default: 10 filters, 5 transforms, DPP)")
    private @Nullable Path policy;

    @Override
    void run(Console console) throws Exception {
        Options.between("--candidates", candidates, 1, 10_000);
        Options.between("--slate", slate, 1, 500);
        Policy read = policy == null
                ? ConfigurationFile.parse(Policy.class, "rerank-policy.yaml", sample(), Map.of())
                : ConfigurationFile.load(Policy.class, policy, Map.of());
        try (ScratchFolder folder = ScratchFolder.create("funnel-bench-")) {
            show(new RerankBench(read, candidates, slate).run(folder.path()), console);
        }
    }

    private void show(RerankBench.Result result, Console console) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("bench", "rerank");
        object.put("candidates", candidates);
        object.put("slate", slate);
        TextTable table = new TextTable("part", "p50 us", "p99 us");
        show("total", result.total(), object, table);
        show("explained", result.explained(), object, table);
        result.rules().forEach((rule, times) -> show("rule." + rule, times, object, table));
        object.put("bytes", result.bytes());
        object.put("explained_bytes", result.explainedBytes());
        console.object(object);
        table.lines().forEach(console::line);
        console.line("%,d bytes allocated a request, %,d explained".formatted(result.bytes(), result.explainedBytes()));
    }

    private static void show(String what, Percentiles times, Map<String, Object> object, TextTable table) {
        String prefix = what.equals("total") ? "" : what + ".";
        object.put(prefix + "p50_us", Math.round(10 * times.micros(.5)) / 10.0);
        object.put(prefix + "p99_us", Math.round(10 * times.micros(.99)) / 10.0);
        table.row(what, "%.1f".formatted(times.micros(.5)), "%.1f".formatted(times.micros(.99)));
    }

    private static String sample() throws IOException {
        try (InputStream in = BenchRerankCommand.class.getResourceAsStream(SAMPLE)) {
            return new String(Objects.requireNonNull(in, SAMPLE).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
