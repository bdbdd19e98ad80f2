package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.network.NetworkShape;
import java.util.ArrayList;
import java.util.List;

/**
 * How a network over one row of the user and one of the item is built and trained.
 *
 * @param network one of {@link dev.funnel.trainer.network.Networks}
 * @param width of a row
 * @param hidden widths of its dense layers
 * @param deviation of rows at the start
 * @param negatives drawn for each positive, anew in each epoch, from the items the user has not interacted with
 * @param epochs passes over the positives
 * @param batch examples a step, about
 * @param rate of the network, Adam; falls linearly to a tenth
 * @param tableRate of rows, Adagrad; falls in the same way
 * @param tableDecay of rows that a step reads
 */
record NcfNetworkPlan(
        String network,
        int width,
        List<Integer> hidden,
        double deviation,
        int negatives,
        int epochs,
        int batch,
        float rate,
        float tableRate,
        float tableDecay) {
    private static final int EPOCHS = 20;
    private static final Usual LAYERS = new Usual(0.01, 4, 4_096, 0);
    private static final Usual PRODUCT = new Usual(0.1, 12, 1_024, 3e-5);

    /** What is used where nothing is asked for; that of products was best on a validation part. */
    private record Usual(double deviation, int negatives, int batch, double tableDecay) {}

    NcfNetworkPlan {
        hidden = List.copyOf(hidden);
    }

    /** GMF with so many factors. */
    static NcfNetworkPlan gmf(Overrides asked, String prefix, int factors) {
        return asked(asked, prefix, "gmf", factors, List.of(), PRODUCT);
    }

    /** Three dense layers, the last with so many outputs, each before twice as wide, over rows as wide as half of the first. */
    static NcfNetworkPlan mlp(Overrides asked, String prefix, int factors) {
        List<Integer> hidden = hidden(factors);
        return asked(asked, prefix, "ncf-mlp", hidden.getFirst() / 2, hidden, LAYERS);
    }

    /** Both side by side. */
    static NcfNetworkPlan neumf(Overrides asked, int factors) {
        List<Integer> hidden = hidden(factors);
        return asked(asked, "", "neumf", factors + hidden.getFirst() / 2, hidden, LAYERS);
    }

    private static List<Integer> hidden(int factors) {
        List<Integer> hidden = new ArrayList<>();
        for (int width = 4 * factors; width >= factors; width /= 2) {
            hidden.add(width);
        }
        return hidden;
    }

    private static NcfNetworkPlan asked(
            Overrides asked, String prefix, String network, int width, List<Integer> hidden, Usual usual) {
        return new NcfNetworkPlan(
                network,
                width,
                hidden,
                asked.number(prefix + "deviation", usual.deviation()),
                asked.whole(prefix + "negatives", usual.negatives()),
                asked.whole(prefix + "epochs", EPOCHS),
                asked.whole(prefix + "batch", usual.batch()),
                (float) asked.number(prefix + "rate", 2e-3),
                (float) asked.number(prefix + "table-rate", 0.05),
                (float) asked.number(prefix + "table-decay", usual.tableDecay()));
    }

    NetworkShape shape() {
        return NetworkShape.of(hidden);
    }
}
