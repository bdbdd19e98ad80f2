package dev.funnel.inference.engine;

import dev.funnel.bundle.schema.FeatureSchema;

/** Makes an engine for a network. */
@FunctionalInterface
public interface EngineLoader {
    /**
     * Loads a network.
     *
     * @param network the ONNX file
     * @throws EngineRefusedException if it does not fit the schema, saying what both want
     */
    Engine load(byte[] network, FeatureSchema schema) throws EngineRefusedException;
}
