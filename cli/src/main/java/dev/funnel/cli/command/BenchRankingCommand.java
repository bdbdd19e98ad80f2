package dev.funnel.cli.command;

import dev.funnel.benchmarks.rank.ForwardBench;
import dev.funnel.benchmarks.rank.RankerShape;
import dev.funnel.benchmarks.rank.ServedRankBench;
import dev.funnel.benchmarks.rank.ServedSoak;
import dev.funnel.benchmarks.rank.Soak;
import dev.funnel.benchmarks.serve.Percentiles;
import dev.funnel.cli.UsageException;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import dev.funnel.inference.Forward;
import dev.funnel.inference.engine.EngineKind;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A ranker's forward pass on every engine, and what serving it costs. */
@Command(
        name = "ranking",
        description = {
            "Scores random pools with a network of random weights on every engine, whole and with items' shares computed",
            "ahead, on one and two threads, beside the products of the same sizes alone. With --bundles it also serves that",
            "bundle's ranker on a loopback socket and tells what a call takes beyond scoring. With --soak it scores that many",
            "pools instead, or with --bundles asks that service so often, and tells the resident memory."
        },
        mixinStandardHelpOptions = true)
public final class BenchRankingCommand extends WorkingCommand {

    @Option(
            names = "--candidates",
            paramLabel = "N",
            defaultValue = "500",
            description = "candidates of a pool (default: ${DEFAULT-VALUE})")
    private int candidates;

    @Option(
            names = "--item-width",
            paramLabel = "I",
            defaultValue = "400",
            description = "numbers read of an item (default: ${DEFAULT-VALUE})")
    private int itemWidth;

    @Option(
            names = "--user-width",
            paramLabel = "U",
            defaultValue = "600",
            description = "numbers read of a person (default: ${DEFAULT-VALUE})")
    private int userWidth;

    @Option(
            names = "--layers",
            paramLabel = "N",
            split = ",",
            defaultValue = "1024,512,256",
            description = "units of the hidden layers (default: ${DEFAULT-VALUE})")
    private List<Integer> layers = List.of();

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "onnx,nd4j",
            description = "engines that take part (default: ${DEFAULT-VALUE})")
    private List<String> engines = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2",
            description = "length of each measurement (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--bundles", paramLabel = "DIR", description = "root of a bundle folder whose ranker is served too")
    private @Nullable Path bundles;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "demo",
            description = "name of the bundle in it (default: ${DEFAULT-VALUE})")
    private String name = "";

    @Option(
            names = "--soak",
            paramLabel = "CALLS",
            defaultValue = "0",
            description =
                    "score so many pools with the first engine, or with --bundles ask a ranking-service so often, of ten"
                            + " calls three that fail, and tell the resident memory")
    private long soak;

    @Override
    void run(Console console) throws Exception {
        Options.between("--candidates", candidates, 1, 10_000);
        Options.between("--item-width", itemWidth, 1, 4_096);
        Options.between("--user-width", userWidth, 1, 4_096);
        Options.between("--soak", soak, 0, 1_000_000_000L);
        Options.seconds(seconds);
        for (int units : layers) {
            Options.between("--layers", units, 1, 4_096);
        }
        List<EngineKind> kinds = engines.stream().map(BenchRankingCommand::kind).toList();
        ForwardBench bench = new ForwardBench(new RankerShape(itemWidth, userWidth, layers), candidates, seconds);
        if (bundles != null) {
            Options.require(Files.isDirectory(bundles), "--bundles", bundles, "is not a folder");
        }
        if (soak > 0) {
            soak(bench, kinds.getFirst(), console);
            return;
        }
        try (ScratchFolder folder = ScratchFolder.create("funnel-bench-")) {
            TextTable table =
                    new TextTable("engine", "threads", "p50 ms", "p99 ms", "candidates/s", "gflops equivalent");
            bench.run(kinds, folder.path(), line -> show(line, console, table));
            table.lines().forEach(console::line);
        }
        if (bundles != null) {
            show(new ServedRankBench(candidates, seconds).run(bundles, name), console);
        }
    }

    private static EngineKind kind(String engine) {
        return Arrays.stream(EngineKind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(engine))
                .findFirst()
                .orElseThrow(() -> new UsageException("--engine", engine, "must be onnx or nd4j"));
    }

    private void show(ForwardBench.Line line, Console console, TextTable table) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("bench", "ranking");
        object.put("engine", line.engine());
        object.put("threads", line.threads());
        object.put("candidates", candidates);
        object.put("p50_ms", millis(line.call(), .5));
        object.put("p99_ms", millis(line.call(), .99));
        object.put("candidates_per_second", Math.round(line.candidatesPerSecond()));
        object.put("gflops_equivalent", Math.round(line.gflopsEquivalent() * 10) / 10.0);
        console.object(object);
        table.row(
                line.engine(),
                line.threads(),
                "%.3f".formatted(millis(line.call(), .5)),
                "%.3f".formatted(millis(line.call(), .99)),
                "%.0f".formatted(line.candidatesPerSecond()),
                "%.1f".formatted(line.gflopsEquivalent()));
    }

    private void show(ServedRankBench.Result result, Console console) {
        double perCandidate = 1e3 * result.assembly().micros(.5) / result.candidates();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("bench", "rank");
        object.put("ranker", result.ranker());
        object.put("candidates", result.candidates());
        object.put("call_p50_ms", millis(result.call(), .5));
        object.put("call_p99_ms", millis(result.call(), .99));
        object.put("scoring_p50_ms", millis(result.scoring(), .5));
        object.put("overhead_p50_ms", Math.round(result.overheadMicros()) / 1e3);
        object.put("assembly_ns_per_candidate", Math.round(perCandidate));
        console.object(object);
        console.line(
                "Rank of %d candidates over gRPC: p50 %.3f ms, p99 %.3f ms; scoring alone %.3f ms, overhead %.3f ms"
                        .formatted(
                                result.candidates(),
                                millis(result.call(), .5),
                                millis(result.call(), .99),
                                millis(result.scoring(), .5),
                                result.overheadMicros() / 1e3));
        console.line("assembly of all blocks: %.0f ns a candidate".formatted(perCandidate));
        console.line(result.ranker());
    }

    private void soak(ForwardBench bench, EngineKind kind, Console console) throws Exception {
        String what = bundles == null ? kind.name().toLowerCase(Locale.ROOT) : "ranking-service";
        Soak calls = new Soak(soak, (made, bytes) -> {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("bench", "ranking-soak");
            object.put("of", what);
            object.put("calls", made);
            object.put("resident_bytes", bytes);
            console.object(object);
            console.line("%s: %,d calls, %.1f MiB resident".formatted(what, made, bytes / 1048576.0));
        });
        if (bundles != null) {
            Map<Status.Code, Long> ends = new ServedSoak(candidates).run(bundles, name, calls);
            console.object(Map.of("bench", "ranking-soak-ends", "calls", ends));
            console.line("calls by how they ended: " + ends);
            return;
        }
        try (ScratchFolder folder = ScratchFolder.create("funnel-bench-");
                Forward forward = bench.forward(kind, folder.path())) {
            calls.run(bench, forward, candidates);
        }
    }

    private static double millis(Percentiles times, double share) {
        return Math.round(times.micros(share)) / 1e3;
    }
}
