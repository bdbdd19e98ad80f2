package dev.funnel.cli.command;

import dev.funnel.benchmarks.serve.BenchBundle;
import dev.funnel.benchmarks.serve.CandidatesBench;
import dev.funnel.benchmarks.serve.CandidatesBench.Result;
import dev.funnel.benchmarks.serve.Percentiles;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Candidate generation over gRPC: what the service costs beside its searches. */
@Command(
        name = "candidates",
        description = {
            "Asks candidate-service over a loopback socket, one call after the other, and tells the time of a call from the",
            "time of its slowest generator. Without --bundles it simulates and trains a catalogue of --items first."
        },
        mixinStandardHelpOptions = true)
public final class BenchCandidatesCommand extends WorkingCommand {

    private static final long SEED = 1;

    @Option(names = "--bundles", paramLabel = "DIR", description = "root of a bundle folder to serve instead")
    private @Nullable Path bundles;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "demo",
            description = "name of the bundle in it (default: ${DEFAULT-VALUE})")
    private String name = "";

    @Option(
            names = "--items",
            paramLabel = "N",
            defaultValue = "40000",
            description = "size of the simulated catalogue (default: ${DEFAULT-VALUE})")
    private int items;

    @Option(
            names = "--generators",
            paramLabel = "NAME=LIMIT",
            split = ",",
            defaultValue = "als=300,covisit=150,popular=100",
            description = "who is asked, and for how many (default: ${DEFAULT-VALUE})")
    private List<String> generators = List.of();

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "30",
            description = "seconds of asking before anything is counted (default: ${DEFAULT-VALUE})")
    private double warmUp;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "of measuring (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Override
    void run(Console console) throws Exception {
        Options.between("--items", items, 10, 10_000_000);
        Options.warmUp(warmUp);
        Options.seconds(seconds);
        Map<String, Integer> limits =
                Options.parsed("--generators", String.join(",", generators), all -> CandidatesBench.limits(generators));
        CandidatesBench bench = new CandidatesBench(limits, warmUp, seconds);
        if (bundles != null) {
            Options.require(Files.isDirectory(bundles), "--bundles", bundles, "is not a folder");
            show(bench.run(bundles, name, console.progress()), console);
        } else {
            try (ScratchFolder folder = ScratchFolder.create("funnel-bench-")) {
                Path root = BenchBundle.train(folder.path(), items, SEED, console.progress());
                show(bench.run(root, BenchBundle.NAME, console.progress()), console);
            }
        }
    }

    private static void show(Result result, Console console) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("bench", "candidates");
        object.put("items", result.items());
        object.put("candidates", Math.round(result.candidates()));
        object.put("calls", result.calls());
        TextTable table = new TextTable("time of a call", "p50 us", "p99 us");
        show("call", result.roundTrip(), object, table);
        show("stage", result.stage(), object, table);
        show("index", result.index(), object, table);
        show("overhead", result.overhead(), object, table);
        console.object(object);
        console.line("%d calls for %.0f candidates of %,d items"
                .formatted(result.calls(), result.candidates(), result.items()));
        table.lines().forEach(console::line);
    }

    private static void show(String what, Percentiles times, Map<String, Object> object, TextTable table) {
        object.put(what + "_p50_us", Math.round(times.micros(.5)));
        object.put(what + "_p99_us", Math.round(times.micros(.99)));
        table.row(what, "%.0f".formatted(times.micros(.5)), "%.0f".formatted(times.micros(.99)));
    }
}
