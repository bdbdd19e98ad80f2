package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.List;

/** The sum of equally wide matrices. */
record Sum() implements Operation {

    @Override
    public void forward(List<Activation> inputs, Activation output, Shard shard) {
        int at = shard.from() * output.width();
        int size = shard.rows() * output.width();
        System.arraycopy(inputs.getFirst().values(), at, output.values(), at, size);
        for (Activation input : inputs.subList(1, inputs.size())) {
            Stretch.add(input.values(), at, output.values(), at, size);
        }
    }

    @Override
    public void backward(List<Activation> inputs, Activation output, Shard shard) {
        int at = shard.from() * output.width();
        for (Activation input : inputs) {
            if (input.wanted()) {
                Stretch.add(output.gradient(), at, input.gradient(), at, shard.rows() * output.width());
            }
        }
    }

    @Override
    public String write(OnnxModel model, String name, List<Wire> inputs) {
        return model.sum(name, inputs.stream().map(Wire::name).toList());
    }
}
