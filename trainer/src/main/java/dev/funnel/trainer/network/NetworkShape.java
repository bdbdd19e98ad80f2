package dev.funnel.trainer.network;

import java.util.List;

/**
 * What a network leaves open. A network reads what it has a use for.
 *
 * @param hidden widths of dense layers, first to last; 0 to 8 of them, each 1 to 4,096
 * @param dropout share of a hidden layer's values that is dropped in training, in [0, 1)
 * @param maps maps of each compressed interaction layer; at most 4, each 1 to 512
 * @param initialLogits per head the bias of its logit at the start: the logarithm of the mean weight saves the first steps
 */
public record NetworkShape(List<Integer> hidden, float dropout, List<Integer> maps, List<Float> initialLogits) {
    private static final int MOST_LAYERS = 8;
    private static final int MOST_WIDTH = 4_096;
    private static final int MOST_INTERACTIONS = 4;
    private static final int MOST_MAPS = 512;

    public NetworkShape {
        hidden = List.copyOf(hidden);
        maps = List.copyOf(maps);
        initialLogits = List.copyOf(initialLogits);
        require("hidden layers", hidden.size(), 0, MOST_LAYERS);
        hidden.forEach(width -> require("width of a hidden layer", width, 1, MOST_WIDTH));
        require("interaction layers", maps.size(), 0, MOST_INTERACTIONS);
        maps.forEach(count -> require("maps of an interaction layer", count, 1, MOST_MAPS));
        require("dropout", dropout, 0, Math.nextDown(1f));
        require("heads", initialLogits.size(), 1, 16);
    }

    /** Dense layers and one head. */
    public static NetworkShape of(List<Integer> hidden) {
        return new NetworkShape(hidden, 0, List.of(), List.of(0f));
    }

    /** The same without dense layers. */
    NetworkShape withoutHidden() {
        return new NetworkShape(List.of(), dropout, maps, initialLogits);
    }

    private static void require(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException("%s: %s must be %s to %s".formatted(what, value, least, most));
        }
    }
}
