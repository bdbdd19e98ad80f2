package dev.funnel.bundle;

import java.util.List;

/**
 * What the manifest says of the ranker.
 *
 * @param network ONNX file
 * @param schema feature schema, which names each input block and its source
 * @param features tensors the feature transform needs
 * @param heads what it predicts, at least one
 * @param defaultObjective how the heads become one score if the pipeline does not say; the name of a head, or an expression the ranking
 *     service knows
 */
public record RankerEntry(
        String network, String schema, String features, List<HeadEntry> heads, String defaultObjective) {
    /** Refuses unsafe paths and a ranker that predicts nothing. */
    public RankerEntry {
        BundlePaths.check(network);
        BundlePaths.check(schema);
        BundlePaths.check(features);
        heads = Bounds.list("heads", heads);
        Bounds.present("default objective", defaultObjective);
        if (heads.isEmpty()) {
            throw new IllegalArgumentException("the ranker has no heads");
        }
    }
}
