package dev.funnel.cli.command;

import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import dev.funnel.cli.evaluate.ServedEvaluation;
import dev.funnel.cli.evaluate.ServedFigures;
import dev.funnel.cli.evaluate.ServedTable;
import dev.funnel.trainer.evaluate.EvaluationResult;
import dev.funnel.trainer.evaluate.NcfData;
import dev.funnel.trainer.evaluate.OfflineEvaluation;
import dev.funnel.trainer.evaluate.OfflineSystem;
import dev.funnel.trainer.evaluate.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** What is evaluated. */
    enum Subject {
        POPULARITY,
        COVISIT,
        ALS,
        SERVED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How. */
    enum How {
        NCF;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SYSTEM", description = "${COMPLETION-CANDIDATES}")
    private Subject subject = Subject.POPULARITY;

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
            names = "--dim",
            paramLabel = "N",
            defaultValue = "64",
            description = "length of the vectors (default: ${DEFAULT-VALUE})")
    private int dimensions;

    @Override
    void run(Console console) throws Exception {
        Options.require(Files.isDirectory(data), "--data", data, "is not a folder");
        Options.between("--dim", dimensions, 1, 1_024);
        if (subject == Subject.SERVED) {
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
        return OfflineEvaluation.run(
                OfflineSystem.named(subject.toString()),
                data,
                Protocol.named(protocol.toString()),
                dimensions,
                console.progress());
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
        result.metrics().forEach((metric, value) -> object.put(metric, Math.round(value * 1e4) / 1e4));
        object.put("seconds", Math.round(result.seconds() * 1e3) / 1e3);
        object.put("notes", result.notes());
        return object;
    }
}
