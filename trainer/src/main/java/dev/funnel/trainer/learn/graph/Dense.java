package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.learn.Matrices;
import dev.funnel.trainer.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A fully connected layer over the columns of all its inputs: the sum of x_i W_i, plus b.
 *
 * @param weights per input [its width, width]
 * @param bias [1, width]
 */
record Dense(List<Parameter> weights, Parameter bias) implements Operation.Learning {

    /** Random weights (He et al. 2015: normal, variance 2 / inputs). */
    static Dense random(List<Node> inputs, int width, float bias, SplittableRandom random) {
        int all = inputs.stream().mapToInt(Node::width).sum();
        double deviation = Math.sqrt(2.0 / all);
        List<Parameter> weights = inputs.stream()
                .map(input -> Parameter.random(input.width(), width, deviation, random))
                .toList();
        return new Dense(weights, Parameter.constant(1, width, bias));
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(weights);
        all.add(bias);
        return all;
    }

    @Override
    public void forward(List<Activation> inputs, Activation output, Shard shard) {
        int width = output.width();
        for (int row = shard.from(); row < shard.to(); row++) {
            System.arraycopy(bias.values(), 0, output.values(), row * width, width);
        }
        for (int i = 0; i < weights.size(); i++) {
            multiply(
                    inputs.get(i).values(),
                    weights.get(i).values(),
                    inputs.get(i).width(),
                    output.values(),
                    width,
                    shard);
        }
    }

    @Override
    public void backward(List<Activation> inputs, Activation output, Shard shard) {
        for (int i = 0; i < weights.size(); i++) {
            Activation input = inputs.get(i);
            if (input.wanted()) {
                multiply(
                        output.gradient(),
                        weights.get(i).transposed(),
                        output.width(),
                        input.gradient(),
                        input.width(),
                        shard);
            }
        }
    }

    private static void multiply(float[] a, float[] b, int deep, float[] c, int width, Shard shard) {
        Matrices.addProduct(shard.rows(), deep, width, a, shard.from() * deep, deep, 1, b, c, shard.from() * width);
    }

    @Override
    public void collect(int parameter, int from, int to, List<Activation> inputs, Activation output, int rows) {
        if (parameter == weights.size()) {
            Bias.addColumns(output, rows, bias.gradient());
            return;
        }
        Activation input = inputs.get(parameter);
        Matrices.addProduct(
                to - from,
                rows,
                output.width(),
                input.values(),
                from,
                1,
                input.width(),
                output.gradient(),
                weights.get(parameter).gradient(),
                from * output.width());
    }

    /** One product per side, in the form that the package describes. */
    @Override
    public String write(OnnxModel model, String name, List<Wire> inputs) {
        List<Side> sides = new ArrayList<>();
        for (Side side : List.of(Side.ITEM, Side.CANDIDATE, Side.REQUEST)) {
            if (inputs.stream().anyMatch(input -> input.side() == side)) {
                sides.add(side);
            }
        }
        Side biased = sides.getLast();
        List<String> shares = new ArrayList<>();
        for (Side side : sides) {
            String share = sides.size() == 1 ? name : name + "_" + side.name().toLowerCase(Locale.ROOT);
            shares.add(writeShare(model, share, inputs, side, side == biased));
        }
        return sides.size() == 1 ? shares.getFirst() : model.sum(name, shares);
    }

    private String writeShare(OnnxModel model, String name, List<Wire> inputs, Side side, boolean biased) {
        List<String> names = new ArrayList<>();
        List<float[]> parts = new ArrayList<>();
        int rows = 0;
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).side() == side) {
                names.add(inputs.get(i).name());
                parts.add(weights.get(i).values());
                rows += inputs.get(i).width();
            }
        }
        String joined = model.concat(name + "_in", names);
        model.matrix(name + "_weights", rows, bias.columns(), joined(parts));
        if (!biased) {
            return model.node("MatMul", name, joined, name + "_weights");
        }
        model.matrix(name + "_bias", 1, bias.columns(), bias.values());
        return model.node("Gemm", name, joined, name + "_weights", name + "_bias");
    }

    private static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
