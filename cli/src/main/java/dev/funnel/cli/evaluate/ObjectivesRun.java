package dev.funnel.cli.evaluate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleStore;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import dev.funnel.trainer.simulate.DemoWorld;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code funnel evaluate objectives}: what each objective of a ranker brings on a demo world. */
public final class ObjectivesRun {
    private static final String[] COLUMNS = {
        "true_watch_seconds", "true_click_rate", "click_bait_share", "mean_duration_seconds"
    };

    private ObjectivesRun() {}

    /**
     * Evaluates the newest bundle.
     *
     * @param data folder of a generated demo world
     * @param bundles root of the bundles trained on it
     * @param formulas further objectives by name
     */
    public static void run(
            Path data, Path bundles, String name, Map<String, String> formulas, int viewers, Console console)
            throws Exception {
        BundleStore store = new BundleStore(bundles, name);
        try (Bundle bundle = Bundle.open(store.path(store.versions().getFirst()));
                ObjectivesEvaluation evaluation = new ObjectivesEvaluation(DemoWorld.open(data), bundle, formulas)) {
            List<ObjectiveFigures> figures = evaluation.run(viewers, console.progress());
            figures.forEach(one -> console.object(one.json()));
            TextTable table = new TextTable("objective", COLUMNS[0], COLUMNS[1], COLUMNS[2], COLUMNS[3]);
            figures.forEach(one -> table.row(
                    one.objective(),
                    "%.2f".formatted(one.trueWatchSeconds()),
                    "%.4f".formatted(one.trueClickRate()),
                    "%.4f".formatted(one.clickBaitShare()),
                    "%.0f".formatted(one.durationSeconds())));
            table.lines().forEach(console::line);
        }
    }
}
