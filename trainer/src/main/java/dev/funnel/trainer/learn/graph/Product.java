package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.Arrays;
import java.util.List;

/** The element-wise product of two matrices. */
record Product() implements Operation {

    @Override
    public void forward(List<Activation> inputs, Activation output, Shard shard) {
        int at = shard.from() * output.width();
        int size = shard.rows() * output.width();
        Arrays.fill(output.values(), at, at + size, 0);
        Stretch.addProduct(inputs.getFirst().values(), at, inputs.getLast().values(), at, output.values(), at, size);
    }

    @Override
    public void backward(List<Activation> inputs, Activation output, Shard shard) {
        carry(inputs.getFirst(), inputs.getLast(), output, shard);
        carry(inputs.getLast(), inputs.getFirst(), output, shard);
    }

    private static void carry(Activation to, Activation other, Activation output, Shard shard) {
        int at = shard.from() * output.width();
        if (to.wanted()) {
            Stretch.addProduct(
                    output.gradient(), at, other.values(), at, to.gradient(), at, shard.rows() * output.width());
        }
    }

    @Override
    public String write(OnnxModel model, String name, List<Wire> inputs) {
        return model.node(
                "Mul", name, inputs.getFirst().name(), inputs.getLast().name());
    }
}
