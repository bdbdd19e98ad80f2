package dev.funnel.cli.command;

import dev.funnel.benchmarks.serve.BenchBundle;
import dev.funnel.benchmarks.serve.CandidatesBench;
import dev.funnel.benchmarks.serve.UpsertsBench;
import dev.funnel.benchmarks.serve.UpsertsBench.Result;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Search while items change. */
@Command(
        name = "upserts",
        description = {
            "Searches a candidate service in quiet, then while items are upserted at a rate, and checks that every",
            "acknowledged item shows on both of two candidate services one second later.",
            "It simulates and trains a catalogue of --items first."
        },
        mixinStandardHelpOptions = true)
public final class BenchUpsertsCommand extends WorkingCommand {

    private static final long SEED = 1;

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
            defaultValue = "als=300,covisit=150,newest=100",
            description = "who is asked, and for how many (default: ${DEFAULT-VALUE})")
    private List<String> generators = List.of();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "items upserted a second (default: ${DEFAULT-VALUE})")
    private int rate;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "30",
            description = "seconds of searching during upserts before anything is counted (default: ${DEFAULT-VALUE})")
    private double warmUp;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "of quiet, and of change (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Override
    void run(Console console) throws Exception {
        Options.between("--items", items, 10, 10_000_000);
        Options.between("--rate", rate, 1, 100_000);
        Options.warmUp(warmUp);
        Options.seconds(seconds);
        Map<String, Integer> limits =
                Options.parsed("--generators", String.join(",", generators), all -> CandidatesBench.limits(generators));
        try (ScratchFolder folder = ScratchFolder.create("funnel-bench-")) {
            Path root = BenchBundle.train(folder.path(), items, SEED, console.progress());
            show(
                    new UpsertsBench(limits, rate, warmUp, seconds)
                            .run(root, BenchBundle.NAME, folder.path().resolve("site"), console.progress()),
                    console);
        }
    }

    private void show(Result result, Console console) {
        double ratio = result.changing().micros(.99) / result.quiet().micros(.99);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("bench", "upserts");
        object.put("items", result.items());
        object.put("rate", rate);
        object.put("upserted", result.upserted());
        object.put("late_batches", result.lateBatches());
        object.put("checked", result.checked());
        object.put("missing", result.missing());
        object.put("live_share", Math.round(result.liveShare() * 1e4) / 1e4);
        object.put("quiet_p50_us", Math.round(result.quiet().micros(.5)));
        object.put("quiet_p99_us", Math.round(result.quiet().micros(.99)));
        object.put("changing_p50_us", Math.round(result.changing().micros(.5)));
        object.put("changing_p99_us", Math.round(result.changing().micros(.99)));
        object.put("p99_ratio", Math.round(ratio * 1e3) / 1e3);
        console.object(object);
        TextTable table = new TextTable("searches", "calls", "p50 us", "p99 us");
        table.row(
                "in quiet",
                result.quiet().count(),
                "%.0f".formatted(result.quiet().micros(.5)),
                "%.0f".formatted(result.quiet().micros(.99)));
        table.row(
                "during upserts",
                result.changing().count(),
                "%.0f".formatted(result.changing().micros(.5)),
                "%.0f".formatted(result.changing().micros(.99)));
        table.lines().forEach(console::line);
        console.line("of what was found during upserts %.1f %% had come by them".formatted(result.liveShare() * 100));
        console.line("p99 during upserts is %.2f times that in quiet".formatted(ratio));
        console.line("%,d items upserted, %d batches late; of %,d questions whether one shows, %,d were answered no"
                .formatted(result.upserted(), result.lateBatches(), result.checked(), result.missing()));
    }
}
