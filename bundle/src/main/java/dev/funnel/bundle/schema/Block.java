package dev.funnel.bundle.schema;

import java.util.List;

/**
 * One input of the network: features of the same source, side by side in the order listed.
 *
 * @param name name of the ONNX input, float32; [N, width], or [1, width] where the source is the same for all candidates
 * @param source where its features come from
 * @param features at least one
 */
public record Block(String name, Source source, List<Feature> features) {
    public Block {
        features = List.copyOf(features);
    }
}
