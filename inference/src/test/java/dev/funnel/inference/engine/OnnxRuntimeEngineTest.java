package dev.funnel.inference.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.onnx.OnnxFile;
import dev.funnel.inference.testing.Blocks;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OnnxRuntimeEngineTest extends EngineContract {
    @Override
    Engine load(OnnxFile model, FeatureSchema schema) throws EngineRefusedException {
        return OnnxRuntimeEngine.load(model.bytes(), schema);
    }

    @Test
    void bytes_that_are_no_model_are_refused() {
        EngineRefusedException refusal = assertThrows(
                EngineRefusedException.class,
                () -> OnnxRuntimeEngine.load(
                        new byte[] {1, 2, 3}, Blocks.schema(List.of(Blocks.item("item", 1)), "score")));
        assertTrue(String.valueOf(refusal.getMessage()).contains("cannot load"), refusal.getMessage());
    }
}
