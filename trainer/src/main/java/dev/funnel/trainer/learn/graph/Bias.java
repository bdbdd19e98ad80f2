package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.List;

/** Adds a learnt number to each column. */
record Bias(Parameter values) implements Operation.Learning {

    static Bias constant(int width, float value) {
        return new Bias(Parameter.constant(1, width, value));
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(values);
    }

    @Override
    public void forward(List<Activation> inputs, Activation output, Shard shard) {
        int width = output.width();
        int at = shard.from() * width;
        System.arraycopy(inputs.getFirst().values(), at, output.values(), at, shard.rows() * width);
        for (int row = shard.from(); row < shard.to(); row++) {
            Stretch.add(values.values(), 0, output.values(), row * width, width);
        }
    }

    @Override
    public void backward(List<Activation> inputs, Activation output, Shard shard) {
        if (inputs.getFirst().wanted()) {
            int at = shard.from() * output.width();
            Stretch.add(output.gradient(), at, inputs.getFirst().gradient(), at, shard.rows() * output.width());
        }
    }

    @Override
    public void collect(int parameter, int from, int to, List<Activation> inputs, Activation output, int rows) {
        addColumns(output, rows, values.gradient());
    }

    /** Adds up the rows of a gradient. */
    static void addColumns(Activation output, int rows, float[] into) {
        for (int row = 0; row < rows; row++) {
            Stretch.add(output.gradient(), row * output.width(), into, 0, output.width());
        }
    }

    @Override
    public String write(OnnxModel model, String name, List<Wire> inputs) {
        model.matrix(name + "_bias", 1, values.columns(), values.values());
        return model.node("Add", name, inputs.getFirst().name(), name + "_bias");
    }
}
