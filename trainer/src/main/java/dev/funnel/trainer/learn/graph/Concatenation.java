package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.List;

/** The columns of several matrices side by side. */
record Concatenation() implements Operation {

    @Override
    public void forward(List<Activation> inputs, Activation output, Shard shard) {
        int at = 0;
        for (Activation input : inputs) {
            int width = input.width();
            for (int row = shard.from(); row < shard.to(); row++) {
                System.arraycopy(input.values(), row * width, output.values(), row * output.width() + at, width);
            }
            at += width;
        }
    }

    @Override
    public void backward(List<Activation> inputs, Activation output, Shard shard) {
        int at = 0;
        for (Activation input : inputs) {
            int width = input.width();
            for (int row = shard.from(); row < shard.to() && input.wanted(); row++) {
                Stretch.add(output.gradient(), row * output.width() + at, input.gradient(), row * width, width);
            }
            at += width;
        }
    }

    /** Where rows are many, what has one row is repeated for each. */
    @Override
    public String write(OnnxModel model, String name, List<Wire> inputs) {
        Wire many = inputs.stream()
                .filter(input -> !input.side().oneRow())
                .findFirst()
                .orElse(inputs.getFirst());
        List<String> names = new ArrayList<>();
        for (Wire input : inputs) {
            boolean repeat = input.side().oneRow() && !many.side().oneRow();
            names.add(
                    repeat
                            ? model.repeat(name + "_of_" + names.size(), input.name(), input.width(), many.name())
                            : input.name());
        }
        return names.size() == 1 ? model.node("Identity", name, names.getFirst()) : model.concat(name, names);
    }
}
