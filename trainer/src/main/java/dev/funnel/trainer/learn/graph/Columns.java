package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.List;

/** A stretch of the columns of one matrix. */
record Columns(int first, int width) implements Operation {

    @Override
    public void forward(List<Activation> inputs, Activation output, Shard shard) {
        Activation input = inputs.getFirst();
        for (int row = shard.from(); row < shard.to(); row++) {
            System.arraycopy(input.values(), row * input.width() + first, output.values(), row * width, width);
        }
    }

    @Override
    public void backward(List<Activation> inputs, Activation output, Shard shard) {
        Activation input = inputs.getFirst();
        for (int row = shard.from(); row < shard.to(); row++) {
            Stretch.add(output.gradient(), row * width, input.gradient(), row * input.width() + first, width);
        }
    }

    @Override
    public String write(OnnxModel model, String name, List<Wire> inputs) {
        return model.columns(name, inputs.getFirst().name(), first, width);
    }
}
