package dev.funnel.cli.command;

import dev.funnel.cli.UsageException;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import dev.funnel.cli.evaluate.ServedEvaluation;
import dev.funnel.cli.evaluate.ServedFigures;
import dev.funnel.cli.evaluate.ServedTable;
import dev.funnel.trainer.evaluate.EvaluationResult;
import dev.funnel.trainer.evaluate.FullSplit;
import dev.funnel.trainer.evaluate.MovieLensFeatures;
import dev.funnel.trainer.evaluate.NcfData;
import dev.funnel.trainer.evaluate.NcfSplit;
import dev.funnel.trainer.evaluate.OfflineEvaluation;
import dev.funnel.trainer.evaluate.OfflineSystem;
import dev.funnel.trainer.evaluate.OfflineSystems;
import dev.funnel.trainer.evaluate.Overrides;
import dev.funnel.trainer.evaluate.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Evaluates a system on a published split, offline or as it is served. */
@Command(
        name = "evaluate",
        description = {
            "Fits a system on the training part of a published split and evaluates it on the held-out part.",
            "served: trains the whole funnel, starts the services and asks the gateway for every test user."
        },
        mixinStandardHelpOptions = true)
public final class EvaluateCommand extends WorkingCommand {

    private static final long SEED = 1;

    /** What is evaluated beside the systems that are fitted offline. */
    private static final String SERVED = "served";

    /** Names for the usage message. */
    static final class Subjects extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Subjects() {
            OfflineSystems.ALL.forEach(system -> add(system.name()));
            add(SERVED);
        }
    }

    /** How. */
    enum How {
        NCF,
        FULL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SYSTEM", completionCandidates = Subjects.class, description = "${COMPLETION-CANDIDATES}")
    private String subject = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "folder with the split: ml-1m.train.rating.gz, ml-1m.test.rating.gz, ml-1m.test.negative.gz")
    private Path data = Path.of("");

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            defaultValue = "ncf",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private How protocol = How.NCF;

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "20",
            description = "protocol full: how many items of the ranking count (default: ${DEFAULT-VALUE})")
    private int k;

    @Option(names = "--dim", paramLabel = "N", description = "length of the vectors (default: the system's)")
    private @Nullable Integer dimensions;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "a setting of the system, instead of its default; the notes of the result show them; may be repeated")
    private Map<String, Double> settings = new LinkedHashMap<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "of everything random (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--validation",
            description =
                    "hold out a part of the training data, drawn by --seed, and never look at the held-out part: for"
                            + " choosing settings")
    private boolean validation;

    @Option(
            names = "--features",
            paramLabel = "DIR",
            description = "folder of MovieLens-1M (users.dat.gz, movies.dat.gz): side features for a split of it")
    private @Nullable Path features;

    @Override
    void run(Console console) throws Exception {
        Options.require(Files.isDirectory(data), "--data", data, "is not a folder");
        Options.between("--k", k, 1, 1_000_000);
        if (dimensions != null) {
            Options.between("--dim", dimensions, 1, 1_024);
        }
        if (subject.equals(SERVED)) {
            served(console);
        } else {
            show(console, offline(console));
        }
    }

    private void served(Console console) throws Exception {
        NcfData split = NcfData.read(data);
        try (ScratchFolder folder = ScratchFolder.create("funnel-evaluate-")) {
            List<ServedFigures> figures = new ServedEvaluation(split, folder.path(), SEED, console.progress()).run();
            figures.forEach(figure -> console.object(figure.json()));
            ServedTable.of(figures).forEach(console::line);
        }
    }

    private EvaluationResult offline(Console console) throws IOException {
        OfflineSystem system = system();
        int threads = Runtime.getRuntime().availableProcessors();
        OfflineEvaluation evaluation = OfflineEvaluation.read(progress -> split(), seed, threads, console.progress());
        try {
            return evaluation.evaluate(system, overrides());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--set", settings, String.valueOf(e.getMessage()));
        }
    }

    private OfflineSystem system() {
        try {
            return OfflineSystems.named(subject);
        } catch (IllegalArgumentException e) {
            throw new UsageException("SYSTEM", subject, "must be one of " + String.join(", ", new Subjects()));
        }
    }

    private Overrides overrides() {
        Map<String, Double> all = new LinkedHashMap<>(settings);
        if (dimensions != null) {
            all.put("dim", dimensions.doubleValue());
        }
        return Overrides.of(all);
    }

    private Split split() throws IOException {
        NcfData whole = NcfData.read(data);
        NcfData part = validation ? whole.validation(seed) : whole;
        NcfSplit split = features == null ? NcfSplit.of(part) : MovieLensFeatures.read(part, features, data);
        return switch (protocol) {
            case NCF -> split;
            case FULL -> FullSplit.of(split, k);
        };
    }

    private static void show(Console console, EvaluationResult result) {
        console.object(object(result));
        TextTable table = new TextTable("system", "protocol", "metric", "value");
        result.metrics()
                .forEach((metric, value) ->
                        table.row(result.system(), result.protocol(), metric, "%.4f".formatted(value)));
        table.row(result.system(), result.protocol(), "seconds", "%.1f".formatted(result.seconds()));
        table.lines().forEach(console::line);
    }

    private static Map<String, Object> object(EvaluationResult result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("system", result.system());
        object.put("protocol", result.protocol());
        object.putAll(result.metrics());
        object.put("seconds", milliseconds(result.seconds()));
        Map<String, Double> stages = new LinkedHashMap<>(result.stageSeconds());
        stages.replaceAll((stage, seconds) -> milliseconds(seconds));
        object.put("stage_seconds", stages);
        object.put("peak_heap_bytes", result.memory().heapBytes());
        object.put("peak_resident_bytes", result.memory().residentBytes());
        object.put("notes", result.notes());
        return object;
    }

    private static double milliseconds(double seconds) {
        return Math.round(seconds * 1e3) / 1e3;
    }
}
