package dev.funnel.cli.evaluate;

import dev.funnel.cli.UsageException;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import dev.funnel.trainer.evaluate.EvaluationResult;
import dev.funnel.trainer.evaluate.NcfData;
import dev.funnel.trainer.evaluate.NcfSplit;
import dev.funnel.trainer.evaluate.OfflineEvaluation;
import dev.funnel.trainer.evaluate.OfflineSystems;
import dev.funnel.trainer.evaluate.Overrides;
import dev.funnel.trainer.evaluate.ranker.RankerEvaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Evaluates all rankers on all public data sets that a folder holds, one line each. */
public final class RankingRun {

    private static final String NCF = "ncf-ml-1m";
    private static final String NCF_FILE = "ml-1m.train.rating.gz";
    private static final List<String> NCF_SYSTEMS = List.of("gmf", "ncf-mlp", "neumf", "neumf-pretrained");
    private static final List<String> ROWS = List.of("frappe", "adult-census", "kuairand");

    private final long seed;
    private final boolean validation;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final Console console;
    private final TextTable table = new TextTable("data", "system", "measures", "s/epoch", "s");

    private RankingRun(long seed, boolean validation, Console console) {
        this.seed = seed;
        this.validation = validation;
        this.console = console;
    }

    /**
     * Runs all.
     *
     * @param data the folder of the data sets, or that of one of them
     * @param validation measure on validation parts
     * @throws UsageException naming what is not there
     */
    public static void run(Path data, long seed, boolean validation, Console console) throws IOException {
        RankingRun run = new RankingRun(seed, validation, console);
        if (Files.exists(data.resolve(NCF_FILE))) {
            run.ncf(data);
        } else if (Files.isDirectory(data.resolve(NCF))
                || ROWS.stream().anyMatch(name -> Files.isDirectory(data.resolve(name)))) {
            run.all(data);
        } else {
            run.rows(data);
        }
        run.table.lines().forEach(console::line);
    }

    private void all(Path data) throws IOException {
        for (String name : ROWS) {
            require(data.resolve(name));
        }
        require(data.resolve(NCF));
        for (String name : ROWS) {
            rows(data.resolve(name));
        }
        ncf(data.resolve(NCF));
    }

    private static void require(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    "--data", folder, "is not a folder; ranking needs " + String.join(", ", ROWS) + " and " + NCF);
        }
    }

    private void rows(Path folder) throws IOException {
        RankerEvaluation evaluation = RankerEvaluation.read(folder, seed, threads, console.progress());
        for (String system : evaluation.systems()) {
            add(evaluation.name(), () -> evaluation.evaluate(system, Overrides.none(), validation));
        }
    }

    private void ncf(Path folder) throws IOException {
        NcfData whole = NcfData.read(folder);
        NcfData split = validation ? whole.validation(seed) : whole;
        OfflineEvaluation evaluation =
                OfflineEvaluation.read(progress -> NcfSplit.of(split), seed, threads, console.progress());
        for (String system : NCF_SYSTEMS) {
            add(NCF, () -> evaluation.evaluate(OfflineSystems.named(system), Overrides.none()));
        }
    }

    private void add(String data, Supplier<EvaluationResult> evaluating) {
        EvaluationResult result = evaluating.get();
        console.object(OfflineTable.object(result.system(), result));
        table.row(data, result.system(), measures(result), epoch(result), "%.1f".formatted(result.seconds()));
    }

    private static String measures(EvaluationResult result) {
        return result.metrics().entrySet().stream()
                .filter(measure -> !measure.getKey().startsWith("full_"))
                .map(measure -> "%s %.4f".formatted(measure.getKey(), measure.getValue()))
                .collect(Collectors.joining("  "));
    }

    private static String epoch(EvaluationResult result) {
        Map<String, Double> stages = result.stageSeconds();
        return stages.containsKey("epoch")
                ? "%.2f".formatted(stages.get("epoch"))
                : result.notes().getOrDefault("seconds_per_epoch", "");
    }
}
