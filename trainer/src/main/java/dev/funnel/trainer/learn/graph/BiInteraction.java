package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bi-interaction pooling: the sum of the element-wise products of all pairs of fields, as half of (sum of fields)^2 - sum of
 * (fields^2) (He and Chua 2017, <i>Neural Factorization Machines</i>, equation 4; Rendle 2010, lemma 3.1).
 *
 * @param width of a field; each input holds one or more side by side
 */
record BiInteraction(int width) implements Operation {

    @Override
    public void forward(List<Activation> inputs, Activation output, Shard shard) {
        float[] sum = new float[width];
        float[] squares = new float[width];
        for (int row = shard.from(); row < shard.to(); row++) {
            sum(inputs, row, sum, squares);
            for (int c = 0; c < width; c++) {
                output.values()[row * width + c] = 0.5f * (sum[c] * sum[c] - squares[c]);
            }
        }
    }

    private void sum(List<Activation> inputs, int row, float[] sum, float[] squares) {
        Arrays.fill(sum, 0);
        Arrays.fill(squares, 0);
        for (Activation input : inputs) {
            int end = (row + 1) * input.width();
            for (int at = row * input.width(); at < end; at += width) {
                Stretch.add(input.values(), at, sum, 0, width);
                Stretch.addProduct(input.values(), at, input.values(), at, squares, 0, width);
            }
        }
    }

    @Override
    public void backward(List<Activation> inputs, Activation output, Shard shard) {
        float[] sum = new float[width];
        float[] squares = new float[width];
        for (int row = shard.from(); row < shard.to(); row++) {
            sum(inputs, row, sum, squares);
            for (Activation input : inputs) {
                int end = input.wanted() ? (row + 1) * input.width() : 0;
                for (int at = row * input.width(); at < end; at += width) {
                    carry(sum, input, at, output.gradient(), row * width);
                }
            }
        }
    }

    private void carry(float[] sum, Activation input, int at, float[] gradient, int gradientAt) {
        for (int c = 0; c < width; c++) {
            input.gradient()[at + c] += gradient[gradientAt + c] * (sum[c] - input.values()[at + c]);
        }
    }

    @Override
    public String write(OnnxModel model, String name, List<Wire> inputs) {
        List<String> sums = new ArrayList<>();
        List<String> squares = new ArrayList<>();
        for (Wire input : inputs) {
            String part = name + "_of_" + sums.size();
            int fields = input.width() / width;
            String squared = model.node("Mul", part + "_squared", input.name(), input.name());
            sums.add(model.fieldSum(part + "_sum", input.name(), fields, width));
            squares.add(model.fieldSum(part + "_squares", squared, fields, width));
        }
        String sum = model.sum(name + "_sum", sums);
        String square = model.node("Mul", name + "_square_of_sum", sum, sum);
        String twice = model.node("Sub", name + "_twice", square, model.sum(name + "_sum_of_squares", squares));
        model.scalar(name + "_half", 0.5f);
        return model.node("Mul", name, twice, name + "_half");
    }
}
