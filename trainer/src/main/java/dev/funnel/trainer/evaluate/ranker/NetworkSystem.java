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
                        inputs.width() == 0 ? 0 : asked.whole("width", inputs.width()),
                        inputs.linear(),
                        asked.number("deviation", inputs.deviation())),
                new NetworkShape(
                        hidden(asked, shape.hidden()),
                        (float) asked.number("dropout", shape.dropout()),
                        maps(asked, shape.maps()),
                        shape.initialLogits()),
                new NetworkPlan.Descent(
                        asked.whole("epochs", descent.epochs()),
                        asked.whole("patience", descent.patience()),
                        asked.whole("batch", descent.batch()),
                        (float) asked.number("rate", descent.rate()),
                        (float) asked.number("decay", descent.decay()),
                        (float) asked.number("table-rate", descent.tableRate()),
                        (float) asked.number("table-decay", descent.tableDecay()),
                        asked.whole("redraw", descent.redraw() ? 1 : 0) != 0));
    }

    /** Depth and width of the first hidden layer, each next one half as wide. */
    private static List<Integer> hidden(Overrides asked, List<Integer> usual) {
        int depth = asked.whole("depth", usual.size());
        int width = asked.whole("hidden", usual.isEmpty() ? 1 : usual.getFirst());
        if (depth == usual.size() && (usual.isEmpty() || width == usual.getFirst())) {
            return usual;
        }
        List<Integer> hidden = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            hidden.add(width >> layer);
        }
        return hidden;
    }

    private static List<Integer> maps(Overrides asked, List<Integer> usual) {
        return usual.isEmpty()
                ? usual
                : Collections.nCopies(asked.whole("interactions", usual.size()), asked.whole("maps", usual.getFirst()));
    }
}
