package dev.funnel.bundle.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input of the network: features of the same source, side by side in the order listed.
 *
 * @param name name of the ONNX input; [N, width], or [1, width] where the source is the same for all candidates
 * @param source where its features come from
 * @param features at least one; {@link IndexFeature}s where the values are int64, and none of them elsewhere
 * @param dtype what its values are; float32 where JSON does not say
 */
public record Block(String name, Source source, List<Feature> features, BlockType dtype) {
    public Block(String name, Source source, List<Feature> features, @Nullable BlockType dtype) {
        this.name = name;
        this.source = source;
        this.features = List.copyOf(features);
        this.dtype = dtype == null ? BlockType.FLOAT32 : dtype;
    }

    /** A block of float32 values. */
    public Block(String name, Source source, List<Feature> features) {
        this(name, source, features, BlockType.FLOAT32);
    }
}
