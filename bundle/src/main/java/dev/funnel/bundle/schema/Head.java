package dev.funnel.bundle.schema;

/**
 * One quantity the network predicts.
 *
 * @param name e.g. "watch_time"
 * @param output name of the ONNX output, float32 [N, width]
 * @param unit e.g. "s", or "1" for a probability or a vector
 * @param width how many numbers it has for each row: 1 for a score, more for a vector; 0, as where JSON does not say, counts as 1
 */
public record Head(String name, String output, String unit, int width) {
    public Head {
        width = width == 0 ? 1 : width;
    }

    /** A score: one number. */
    public Head(String name, String output, String unit) {
        this(name, output, unit, 1);
    }
}
