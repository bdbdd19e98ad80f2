package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sum of fields.
 *
 * @param width of a field; each input holds one or more side by side
 */
record FieldSum(int width) implements Operation {

    @Override
    public void forward(List<Activation> inputs, Activation output, Shard shard) {
        Arrays.fill(output.values(), shard.from() * width, shard.to() * width, 0);
        for (Activation input : inputs) {
            for (int row = shard.from(); row < shard.to(); row++) {
                for (int at = 0; at < input.width(); at += width) {
                    Stretch.add(input.values(), row * input.width() + at, output.values(), row * width, width);
                }
            }
        }
    }

    @Override
    public void backward(List<Activation> inputs, Activation output, Shard shard) {
        for (Activation input : inputs) {
            for (int row = shard.from(); row < shard.to() && input.wanted(); row++) {
                for (int at = 0; at < input.width(); at += width) {
                    Stretch.add(output.gradient(), row * width, input.gradient(), row * input.width() + at, width);
                }
            }
        }
    }

    @Override
    public String write(OnnxModel model, String name, List<Wire> inputs) {
        List<String> sums = IntStream.range(0, inputs.size())
                .mapToObj(i -> model.fieldSum(
                        name + "_of_" + i, inputs.get(i).name(), inputs.get(i).width() / width, width))
                .toList();
        return model.sum(name, sums);
    }
}
