package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.evaluate.Overrides;
import dev.funnel.trainer.trees.BoostedTrees;
import dev.funnel.trainer.trees.FeatureRows;
import dev.funnel.trainer.trees.TreeSettings;
import dev.funnel.trainer.trees.TreeSettings.Objective;
import java.util.List;
import java.util.Map;

/** Gradient-boosted trees over numbers and {@link LabelMeans}, served as ONNX. */
record TreesSystem() implements RankerSystem {
    private static final String NUMBERS = "numbers";

    @Override
    public String name() {
        return "boosted-trees";
    }

    @Override
    public boolean goesWith(String data) {
        return true;
    }

    @Override
    public Outcome evaluate(Task task, Examples rows) {
        RankerData data = task.data();
        LabelMeans means = new LabelMeans(data);
        TreeSettings settings = asked(task, data.task());
        task.noteSettings(settings);
        FeatureRows training = rows(means.numbers(data.training()));
        FeatureRows validation = rows(means.numbers(data.validation()));
        Layout layout = new Layout(List.of(), 0, List.of(), 0, means.names());
        long start = System.nanoTime();
        try (BoostedTrees trees = BoostedTrees.fit(training, validation, settings, Progress.SILENT)) {
            double seconds = (System.nanoTime() - start) / 1e9;
            task.notes().put("trees", Integer.toString(trees.size()));
            NetworkRows served = new NetworkRows(layout, new NetworkPlan.Inputs(0, false, 0), task.seed());
            byte[] model = trees.model(NUMBERS, Layout.HEAD.output());
            float[] predictions = new ServedModel(served, model).predict(means.numbers(rows));
            return new Outcome(measures(data.task(), predictions, rows), seconds);
        }
    }

    private static Map<String, Double> measures(RankerData.Task task, float[] predictions, Examples rows) {
        return switch (task) {
            case CHANCE -> RankerMeasures.ofProbabilities(predictions, rows.labels());
            case WEIGHT -> PlayTimeMeasures.of(predictions, rows);
        };
    }

    private static FeatureRows rows(Examples examples) {
        int columns = examples.numbers().length;
        float[] values = new float[examples.size() * columns];
        for (int row = 0; row < examples.size(); row++) {
            for (int c = 0; c < columns; c++) {
                values[row * columns + c] = examples.numbers()[c][row];
            }
        }
        return FeatureRows.alike(values, columns, examples.labels());
    }

    private static TreeSettings asked(Task task, RankerData.Task predicted) {
        Overrides asked = task.settings();
        boolean chance = predicted == RankerData.Task.CHANCE;
        return new TreeSettings(
                chance ? Objective.CHANCE : Objective.MEAN,
                chance ? .5 : 0,
                asked.whole("trees", 500),
                asked.whole("patience", 30),
                asked.whole("depth", 6),
                asked.number("rate", 0.1),
                asked.number("least-weight", 2),
                asked.number("sampled", 0.8),
                task.seed(),
                task.threads());
    }
}
