package dev.funnel.bundle.schema;

/**
 * One quantity the network predicts.
 *
 * @param name e.g. "watch_time"
 * @param output name of the ONNX output, float32 [N, 1]
 * @param unit e.g. "s", or "1" for a probability
 */
public record Head(String name, String output, String unit) {}
