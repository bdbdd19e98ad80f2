package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.List;

/** max(0, x). */
record Rectifier() implements Operation {

    @Override
    public void forward(List<Activation> inputs, Activation output, Shard shard) {
        float[] in = inputs.getFirst().values();
        float[] out = output.values();
        for (int i = shard.from() * output.width(); i < shard.to() * output.width(); i++) {
            out[i] = Math.max(0, in[i]);
        }
    }

    @Override
    public void backward(List<Activation> inputs, Activation output, Shard shard) {
        float[] out = output.values();
        float[] to = inputs.getFirst().gradient();
        float[] gradient = output.gradient();
        for (int i = shard.from() * output.width(); i < shard.to() * output.width(); i++) {
            to[i] += Math.signum(out[i]) * gradient[i]; // 1 or 0, in vectors; a comparison is mispredicted
        }
    }

    @Override
    public String write(OnnxModel model, String name, List<Wire> inputs) {
        return model.node("Relu", name, inputs.getFirst().name());
    }
}
