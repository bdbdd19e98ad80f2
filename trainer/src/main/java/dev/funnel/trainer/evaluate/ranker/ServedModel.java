package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.engine.OnnxRuntimeEngine;
import dev.funnel.inference.feature.FeatureBlocks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A trained ranker as it would be served: its ONNX model in an engine, fed from its tables.
 *
 * @param model ONNX
 */
record ServedModel(NetworkRows rows, byte[] model) {
    private static final int AT_ONCE = 1_024;

    /** The predictions of the rows. */
    float[] predict(Examples examples) {
        float[][] predictions = new float[1][examples.size()];
        try (Engine engine = OnnxRuntimeEngine.load(model, rows.schema())) {
            FeatureBlocks blocks = engine.blocks(AT_ONCE);
            for (int from = 0; from < examples.size(); from += AT_ONCE) {
                int size = Math.min(AT_ONCE, examples.size() - from);
                fill(examples, from, size, blocks);
                engine.run(blocks, size, predictions, from);
            }
        } catch (EngineRefusedException e) {
            throw new IllegalStateException("a model just written cannot be loaded", e);
        }
        return predictions[0];
    }

    private void fill(Examples examples, int from, int size, FeatureBlocks blocks) {
        for (int block = 0; block < blocks.size(); block++) {
            int width = blocks.width(block);
            float[] row = new float[width];
            for (int i = 0; i < size; i++) {
                rows.fill(examples, from + i, block, row, 0);
                MemorySegment.copy(
                        row, 0, blocks.values(block), ValueLayout.JAVA_FLOAT, (long) i * width * Float.BYTES, width);
            }
        }
    }
}
