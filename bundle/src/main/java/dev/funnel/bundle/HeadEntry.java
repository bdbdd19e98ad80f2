package dev.funnel.bundle;

/**
 * What the manifest says of one quantity that the ranker predicts.
 *
 * @param name its identifier, e.g. {@code watch_seconds}
 * @param output the ONNX output that carries it, [N, 1]
 * @param unit of the value, e.g. {@code seconds} or {@code probability}
 */
public record HeadEntry(String name, String output, String unit) {
    /** Refuses an unusable name. */
    public HeadEntry {
        ComponentNames.check("head", name);
        Bounds.present("output of head " + name, output);
        Bounds.present("unit of head " + name, unit);
    }
}
