package dev.funnel.inference.engine;

import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.engine.nd4j.Nd4jEngine;
import dev.funnel.inference.onnx.OnnxFile;

/** The engines there are. */
public enum EngineKind {
    /** ONNX Runtime. */
    ONNX {
        @Override
        public Engine load(OnnxFile model, FeatureSchema schema) throws EngineRefusedException {
            return OnnxRuntimeEngine.load(model.bytes(), schema);
        }
    },
    /** ND4J. */
    ND4J {
        @Override
        public Engine load(OnnxFile model, FeatureSchema schema) throws EngineRefusedException {
            return Nd4jEngine.load(model, schema);
        }
    };

    /** An engine for a network; refused if it does not run it, or if the network does not fit the schema. */
    public abstract Engine load(OnnxFile model, FeatureSchema schema) throws EngineRefusedException;
}
