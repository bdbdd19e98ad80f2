package dev.funnel.inference.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.engine.EngineChoice.Part;
import dev.funnel.inference.engine.EngineChoice.Setting;
import dev.funnel.inference.onnx.OnnxFile;
import dev.funnel.inference.testing.Blocks;
import dev.funnel.inference.testing.GraphWriter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EngineChoiceTest {
    private static final FeatureSchema SCHEMA = Blocks.schema(List.of(Blocks.item("item", 6)), "score");

    private static Part network(String operator) throws Exception {
        GraphWriter graph = new GraphWriter(1).input("item", 6);
        graph.node(operator, "curved", graph.dense("hidden", "item", 6, 4));
        graph.dense("score", "curved", 4, 1);
        return new Part(OnnxFile.parse(graph.output("score", -1, 1).bytes()), SCHEMA);
    }

    @Test
    void auto_measures_all_that_take_the_network_and_takes_the_fastest() throws Exception {
        Part network = network("Relu");
        EngineChoice choice = EngineChoice.of(Setting.AUTO, network, network);
        assertEquals(Set.of(EngineKind.values()), choice.micros().keySet());
        double fastest = choice.micros().getOrDefault(choice.kind(), Double.MAX_VALUE);
        choice.micros().values().forEach(micros -> assertTrue(fastest <= micros, choice.reason()));
    }

    @Test
    void auto_goes_on_with_the_engine_that_takes_a_network_and_says_why_the_other_does_not() throws Exception {
        Part network = network("Erf");
        EngineChoice choice = EngineChoice.of(Setting.AUTO, network, network);
        assertEquals(EngineKind.ONNX, choice.kind());
        assertTrue(choice.reason().contains("nd4j refused: ND4J does not run the operators [Erf]"), choice.reason());
    }

    @Test
    void a_pinned_engine_that_refuses_says_what_every_engine_says() throws Exception {
        Part network = network("Erf");
        EngineRefusedException refusal =
                assertThrows(EngineRefusedException.class, () -> EngineChoice.of(Setting.ND4J, network, network));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("engine nd4j cannot be used"), message);
        assertTrue(message.contains("nd4j: ND4J does not run the operators [Erf]"), message);
        assertTrue(message.contains("onnx: ONNX Runtime"), message);
    }

    @Test
    void a_network_that_no_engine_takes_is_refused_with_all_reasons() throws Exception {
        Part network = network("NoSuchOperator");
        EngineRefusedException refusal =
                assertThrows(EngineRefusedException.class, () -> EngineChoice.of(Setting.AUTO, network, network));
        assertTrue(String.valueOf(refusal.getMessage()).contains("onnx: "), refusal.getMessage());
        assertTrue(String.valueOf(refusal.getMessage()).contains("nd4j: "), refusal.getMessage());
    }
}
