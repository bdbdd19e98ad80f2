package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.trainer.evaluate.Overrides;
import dev.funnel.trainer.network.NetworkShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One of the networks.
 *
 * @param plans by the name of the data set
 */
record NetworkSystem(String name, Map<String, NetworkPlan> plans) implements RankerSystem {

    @Override
    public boolean goesWith(String data) {
        return plans.containsKey(data);
    }

    @Override
    public Outcome evaluate(Task task, Examples rows) {
        NetworkPlan usual = Objects.requireNonNull(plans.get(task.data().name()), "no plan");
        NetworkPlan plan = asked(task.settings(), usual);
        task.noteSettings(plan);
        NetworkFit.Fitted fitted = NetworkFit.fit(task.data(), plan, task.seed(), task.threads(), task.progress());
        double best = Collections.min(fitted.costs());
        task.notes()
                .put(
                        "epochs",
                        fitted.costs().size() + ", best " + (1 + fitted.costs().indexOf(best)));
        task.notes().put("validation_costs", costs(fitted.costs()));
        float[] predictions = fitted.network().predict(rows);
        return new Outcome(measures(plan.cost(), predictions, rows), fitted.secondsPerEpoch());
    }

    private static String costs(List<Double> costs) {
        return costs.stream()
                .map(cost -> String.format(Locale.ROOT, "%.5f", cost))
                .collect(Collectors.joining(" "));
    }

    private static Map<String, Double> measures(NetworkPlan.Cost cost, float[] predictions, Examples rows) {
        return switch (cost) {
            case LOGISTIC -> RankerMeasures.ofProbabilities(predictions, rows.labels());
            case SQUARED -> RankerMeasures.ofSigns(predictions, rows.labels());
            case WEIGHTED -> PlayTimeMeasures.of(predictions, rows);
        };
    }

    private static NetworkPlan asked(Overrides asked, NetworkPlan usual) {
        NetworkPlan.Inputs inputs = usual.inputs();
        NetworkPlan.Descent descent = usual.descent();
        NetworkShape shape = usual.shape();
        return new NetworkPlan(
                usual.network(),
                usual.cost(),
                new NetworkPlan.Inputs(
                        inputs.width() == 0 ? 0 : asked.whole("width", inputs.width(), 1, 1_024),
                        inputs.linear(),
                        asked.number("deviation", inputs.deviation(), 0, 10)),
                new NetworkShape(
                        hidden(asked, shape.hidden()),
                        (float) asked.number("dropout", shape.dropout(), 0, 0.95),
                        maps(asked, shape.maps()),
                        shape.initialLogits()),
                new NetworkPlan.Descent(
                        asked.whole("epochs", descent.epochs(), 1, 10_000),
                        asked.whole("patience", descent.patience(), 1, 10_000),
                        asked.whole("batch", descent.batch(), 1, 100_000),
                        (float) asked.number("rate", descent.rate(), 0, 10),
                        (float) asked.number("decay", descent.decay(), 0, 10),
                        (float) asked.number("table-rate", descent.tableRate(), 0, 10),
                        (float) asked.number("table-decay", descent.tableDecay(), 0, 10),
                        asked.whole("redraw", descent.redraw() ? 1 : 0, 0, 1) != 0));
    }

    /** Depth and width of the first hidden layer, each next one half as wide. */
    private static List<Integer> hidden(Overrides asked, List<Integer> usual) {
        int depth = asked.whole("depth", usual.size(), 0, 8);
        int width = asked.whole("hidden", usual.isEmpty() ? 1 : usual.getFirst(), 1, 65_536);
        if (depth == usual.size() && (usual.isEmpty() || width == usual.getFirst())) {
            return usual;
        }
        List<Integer> hidden = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            hidden.add(Math.max(1, width >> layer));
        }
        return hidden;
    }

    private static List<Integer> maps(Overrides asked, List<Integer> usual) {
        return usual.isEmpty()
                ? usual
                : Collections.nCopies(
                        asked.whole("interactions", usual.size(), 1, 8),
                        asked.whole("maps", usual.getFirst(), 1, 1_024));
    }
}
