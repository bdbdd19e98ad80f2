package dev.funnel.inference.engine.nd4j;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network as ND4J runs it. Immutable; tiles share its weights.
 *
 * @param slots every value there is
 * @param inputs slot of each block of the schema
 * @param outputs slot of each head of the schema
 * @param constants values of the slots that never change
 * @param weights matrices of its products, closed with the engine
 * @param steps in the order to run them
 */
record Program(
        List<Slot> slots,
        List<Slot> inputs,
        List<Slot> outputs,
        Map<Slot, float[]> constants,
        List<INDArray> weights,
        List<Step.Plan> steps) {
    Program {
        slots = List.copyOf(slots);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        constants = Map.copyOf(constants);
        weights = List.copyOf(weights);
        steps = List.copyOf(steps);
    }

    /** Frees the weights. */
    void close() {
        weights.forEach(INDArray::close);
    }
}
