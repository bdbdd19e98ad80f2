package dev.funnel.cli.evaluate;

import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import dev.funnel.trainer.read.LogReader;
import dev.funnel.trainer.read.ReadSettings;
import dev.funnel.trainer.read.TrainingInput;
import dev.funnel.trainer.read.TrainingLog;
import dev.funnel.trainer.simulate.DemoWorld;
import dev.funnel.trainer.train.DemoEvaluation;
import dev.funnel.trainer.train.PositionBias;
import dev.funnel.trainer.train.RankerTrials;
import dev.funnel.trainer.train.TrainingSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * {@code funnel evaluate position-bias}: the same ranker with the positions of impressions as a feature and without them, on a demo world.
 * There viewers look less at lower positions, and what stood above was what the site had thought better; only the simulation knows what each
 * impression was worth wherever it stood.
 */
public final class PositionBiasRun {

    private PositionBiasRun() {}

    /**
     * Trains both and prints how well each agrees with the truth.
     *
     * @param input of the demo world in {@code data}
     * @param scratch an empty folder
     */
    public static void run(Path data, TrainingInput input, Path scratch, Console console) throws Exception {
        DemoWorld world = DemoWorld.open(data);
        TrainingLog log = LogReader.read(input, ReadSettings.DEFAULT, console.progress());
        TrainingSettings settings = TrainingSettings.defaults(
                world.settings().seed(), Runtime.getRuntime().availableProcessors());
        TextTable table = new TextTable(
                "ranker",
                "Spearman with truth",
                "per-user loss",
                "predicted / observed",
                "predicted / true, shown high",
                "predicted / true, shown low");
        try (RankerTrials trials =
                new RankerTrials(log, settings, scratch, console.progress().part(0, .3))) {
            var ranker = Objects.requireNonNull(settings.ranker());
            add("with positions", trials.run(ranker, console.progress().part(.3, .65)), world, log, table, console);
            add(
                    "without positions",
                    trials.runWithoutPositions(ranker, console.progress().part(.65, 1)),
                    world,
                    log,
                    table,
                    console);
        }
        table.lines().forEach(console::line);
    }

    private static void add(
            String name, RankerTrials.Trial trial, DemoWorld world, TrainingLog log, TextTable table, Console console) {
        double spearman =
                DemoEvaluation.of(world, log, trial.pages()).spearman().getOrDefault(DemoEvaluation.RANKER, Double.NaN);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("system", "position-bias");
        json.put("protocol", "held-out impressions, mean per-user Spearman with true expected watch time");
        json.put("label", name);
        json.put("spearman", spearman);
        json.put("per_user_loss", trial.report().perUserLoss());
        json.put("calibration", trial.report().calibration());
        PositionBias bias = PositionBias.of(world, trial.pages());
        json.put("upper_half_ratio", bias.upper());
        json.put("lower_half_ratio", bias.lower());
        console.object(json);
        table.row(
                name,
                "%.4f".formatted(spearman),
                "%.4f".formatted(trial.report().perUserLoss()),
                "%.3f".formatted(trial.report().calibration()),
                "%.3f".formatted(bias.upper()),
                "%.3f".formatted(bias.lower()));
    }
}
