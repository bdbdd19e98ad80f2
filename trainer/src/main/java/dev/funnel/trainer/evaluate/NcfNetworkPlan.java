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
 * @param deviation of rows at the start; 0: they are given
 * @param negatives drawn for each positive, anew in each epoch, from the items the user has not interacted with
 * @param epochs passes over the positives
 * @param batch examples a step, about
 * @param rate of the network, Adam; falls linearly to a tenth
 * @param tableRate of rows, Adagrad; falls in the same way
 * @param rowDecay of a row for each example that reads it (Rendle et al. 2020, <i>Neural Collaborative Filtering vs. Matrix
 *     Factorization Revisited</i>, section 3): what is read often decays as often
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
        float rowDecay) {
    private static final Usual PRODUCT = new Usual(0.2, 8, 24, 1_024, 1e-5, 0.4, 3e-3);
    private static final Usual LAYERS = new Usual(0.01, 12, 6, 2_048, 2e-3, 0.05, 0.1);
    private static final Usual BOTH = new Usual(0.1, 12, 6, 2_048, 2e-3, 0.05, 0.1);
    private static final Usual TAUGHT = new Usual(0, 12, 0, 2_048, 1e-5, 0.001, 3e-3);

    /** What is used where nothing is asked for; docs/decisions/0034 tells what was tried. */
    private record Usual(
            double deviation, int negatives, int epochs, int batch, double rate, double tableRate, double rowDecay) {}

    NcfNetworkPlan {
        hidden = List.copyOf(hidden);
    }

    /** How many factors are asked for. */
    static int factors(Overrides asked, int usual) {
        return asked.whole("dim", usual, 1, 1_024);
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
        return both(asked, factors, BOTH);
    }

    /** Both side by side, taught before: what it learns after that is mostly the training part by heart, so it usually stops there. */
    static NcfNetworkPlan taughtNeumf(Overrides asked, int factors) {
        return both(asked, factors, TAUGHT);
    }

    private static NcfNetworkPlan both(Overrides asked, int factors, Usual usual) {
        List<Integer> hidden = hidden(factors);
        return asked(asked, "", "neumf", factors + hidden.getFirst() / 2, hidden, usual);
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
                usual.deviation() == 0 ? 0 : asked.number(prefix + "deviation", usual.deviation(), 0, 10),
                asked.whole(prefix + "negatives", usual.negatives(), 1, 1_000),
                asked.whole(prefix + "epochs", usual.epochs(), Math.min(1, usual.epochs()), 10_000),
                asked.whole(prefix + "batch", usual.batch(), 1, 100_000),
                (float) asked.number(prefix + "rate", usual.rate(), 0, 10),
                (float) asked.number(prefix + "table-rate", usual.tableRate(), 0, 10),
                (float) asked.number(prefix + "row-decay", usual.rowDecay(), 0, 10));
    }

    NetworkShape shape() {
        return NetworkShape.of(hidden);
    }
}
