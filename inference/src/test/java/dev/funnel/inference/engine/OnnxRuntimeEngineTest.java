package dev.funnel.inference.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.testing.SmallNetwork;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OnnxRuntimeEngineTest {
    private static final long SEED = 3;

    private static FeatureSchema schema(String block, boolean flag, String output) {
        NumberFeature age = new NumberFeature("age", Reading.AGE, "published_at", Scale.NONE, false, 0, flag);
        return new FeatureSchema(
                10,
                List.of(),
                List.of(new Block(block, Source.PAIR, List.of(age))),
                List.of(new Head("watch_time", output, "s")));
    }

    private static void refused(FeatureSchema schema, String... parts) {
        byte[] model = SmallNetwork.write(schema("pair", false, "out"), SEED);
        EngineRefusedException refusal =
                assertThrows(EngineRefusedException.class, () -> OnnxRuntimeEngine.load(model, schema));
        for (String part : parts) {
            assertTrue(String.valueOf(refusal.getMessage()).contains(part), refusal.getMessage());
        }
    }

    @Test
    void a_model_of_another_width_is_refused_showing_both() {
        refused(schema("pair", true, "out"), "input \"pair\" has shape [N, 1]", "width 2");
    }

    @Test
    void a_model_without_an_input_is_refused_naming_it() {
        refused(schema("couple", false, "out"), "no input \"couple\"", "pair=FLOAT [N, 1]");
    }

    @Test
    void a_model_without_an_output_is_refused_naming_it() {
        refused(schema("pair", false, "dwell"), "no output \"dwell\"", "out=FLOAT [N, 1]");
    }

    @Test
    void bytes_that_are_no_model_are_refused() {
        EngineRefusedException refusal = assertThrows(
                EngineRefusedException.class,
                () -> OnnxRuntimeEngine.load(new byte[] {1, 2, 3}, schema("pair", false, "out")));
        assertTrue(String.valueOf(refusal.getMessage()).contains("cannot load"), refusal.getMessage());
    }

    @Test
    void a_value_that_is_not_finite_does_not_leave_the_engine() throws Exception {
        FeatureSchema schema = schema("pair", false, "out");
        try (OnnxRuntimeEngine engine = OnnxRuntimeEngine.load(SmallNetwork.write(schema, SEED), schema)) {
            FeatureBlocks blocks = engine.blocks(4);
            blocks.values(0).setAtIndex(ValueLayout.JAVA_FLOAT, 2, Float.NaN);
            NonFiniteOutputException refusal =
                    assertThrows(NonFiniteOutputException.class, () -> engine.run(blocks, 4, new float[1][4], 0));
            assertTrue(String.valueOf(refusal.getMessage()).contains("candidate 2"), refusal.getMessage());
        }
    }
}
