package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.List;

/**
 * An input: its rows are filled from outside.
 *
 * @param name its name in the model
 * @param learns whether somebody wants the gradient of its rows
 */
public record InputBlock(String name, int width, Side side, boolean learns) implements Operation {

    @Override
    public void forward(List<Activation> inputs, Activation output, Shard shard) {}

    @Override
    public void backward(List<Activation> inputs, Activation output, Shard shard) {}

    @Override
    public String write(OnnxModel model, String node, List<Wire> inputs) {
        model.input(name, side.oneRow(), width);
        return name;
    }
}
