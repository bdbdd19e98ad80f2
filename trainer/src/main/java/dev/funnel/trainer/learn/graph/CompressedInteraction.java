package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.learn.Matrices;
import dev.funnel.trainer.onnx.OnnxModel;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A layer of the compressed interaction network: each of its maps is a weighted sum of the element-wise products of every map
 * of the layer before with every field (Lian et al. 2018, <i>xDeepFM</i>, equation 6).
 *
 * <p>Two inputs. The maps before come as [rows, width x before], for each of the {@code width} places the values of all maps; what
 * comes out has the same form. The fields come one after the other, [rows, fields x width]. For the first layer the maps before
 * are the fields themselves.
 *
 * @param width of a field
 * @param fields how many
 * @param first whether the maps before are the fields, in the fields' form
 * @param weights [before x fields, maps]
 */
record CompressedInteraction(int width, int fields, boolean first, Parameter weights) implements Operation.Learning {

    /** Rows whose products are held at once: they should stay in the second cache. */
    private static final int ROWS_AT_ONCE = 4;

    static CompressedInteraction random(
            int width, int fields, int before, boolean first, int maps, SplittableRandom random) {
        double deviation = Math.sqrt(1.0 / (before * fields));
        return new CompressedInteraction(
                width, fields, first, Parameter.random(before * fields, maps, deviation, random));
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weights);
    }

    @Override
    public void forward(List<Activation> inputs, Activation output, Shard shard) {
        int pairs = weights.rows();
        int maps = weights.columns();
        float[] products = new float[ROWS_AT_ONCE * width * pairs];
        Arrays.fill(output.values(), shard.from() * output.width(), shard.to() * output.width(), 0);
        for (int row = shard.from(); row < shard.to(); row += ROWS_AT_ONCE) {
            int rows = Math.min(ROWS_AT_ONCE, shard.to() - row);
            fill(inputs, row, rows, 0, pairs, products);
            Matrices.addProduct(
                    rows * width,
                    pairs,
                    maps,
                    products,
                    0,
                    pairs,
                    1,
                    weights.values(),
                    output.values(),
                    row * width * maps);
        }
    }

    /** Fills {@code into} [rows x width, to - from] with the products of pairs {@code from} to {@code to}. */
    private void fill(List<Activation> inputs, int firstRow, int rows, int from, int to, float[] into) {
        float[] before = inputs.getFirst().values();
        float[] field = inputs.getLast().values();
        int at = 0;
        for (int row = firstRow; row < firstRow + rows; row++) {
            for (int place = 0; place < width; place++) {
                int map = from / fields;
                int other = from % fields;
                for (int pair = from; pair < to; pair++) {
                    into[at++] = before[beforeAt(row, place, map)] * field[fieldAt(row, place, other)];
                    if (++other == fields) {
                        other = 0;
                        map++;
                    }
                }
            }
        }
    }

    private int beforeAt(int row, int place, int map) {
        return first ? fieldAt(row, place, map) : (row * width + place) * (weights.rows() / fields) + map;
    }

    private int fieldAt(int row, int place, int field) {
        return (row * fields + field) * width + place;
    }

    @Override
    public void backward(List<Activation> inputs, Activation output, Shard shard) {
        int pairs = weights.rows();
        int maps = weights.columns();
        float[] carried = new float[ROWS_AT_ONCE * width * pairs];
        for (int row = shard.from(); row < shard.to(); row += ROWS_AT_ONCE) {
            int rows = Math.min(ROWS_AT_ONCE, shard.to() - row);
            Arrays.fill(carried, 0);
            Matrices.addProduct(
                    rows * width,
                    maps,
                    pairs,
                    output.gradient(),
                    row * width * maps,
                    maps,
                    1,
                    weights.transposed(),
                    carried,
                    0);
            carry(inputs, row, rows, carried);
        }
    }

    /** Sends the gradients of products [rows x width, pairs] to both factors. */
    private void carry(List<Activation> inputs, int firstRow, int rows, float[] carried) {
        Activation before = inputs.getFirst();
        Activation field = inputs.getLast();
        boolean carries = before.wanted();
        boolean carriesFields = field.wanted();
        int count = weights.rows() / fields;
        int at = 0;
        for (int row = firstRow; row < firstRow + rows; row++) {
            for (int place = 0; place < width; place++) {
                for (int map = 0; map < count; map++) {
                    int beforeAt = beforeAt(row, place, map);
                    float value = before.values()[beforeAt];
                    float sum = 0;
                    for (int other = 0; other < fields; other++) {
                        int fieldAt = fieldAt(row, place, other);
                        sum += carried[at] * field.values()[fieldAt];
                        if (carriesFields) {
                            field.gradient()[fieldAt] += carried[at] * value;
                        }
                        at++;
                    }
                    if (carries) {
                        before.gradient()[beforeAt] += sum;
                    }
                }
            }
        }
    }

    @Override
    public void collect(int parameter, int from, int to, List<Activation> inputs, Activation output, int rows) {
        int maps = weights.columns();
        int block = Math.max(1, 128 / width);
        float[] products = new float[block * width * (to - from)];
        float[] gradients = new float[block * width * maps];
        for (int row = 0; row < rows; row += block) {
            int some = Math.min(block, rows - row);
            fill(inputs, row, some, from, to, products);
            System.arraycopy(output.gradient(), row * width * maps, gradients, 0, some * width * maps);
            Matrices.addProduct(
                    to - from,
                    some * width,
                    maps,
                    products,
                    0,
                    1,
                    to - from,
                    gradients,
                    weights.gradient(),
                    from * maps);
        }
    }

    @Override
    public String write(OnnxModel model, String name, List<Wire> inputs) {
        int before = weights.rows() / fields;
        int maps = weights.columns();
        String placed = model.transpose(
                name + "_fields_by_place",
                model.reshape(name + "_fields", inputs.getLast().name(), -1, fields, width),
                List.of(0L, 2L, 1L));
        String others = model.reshape(name + "_fields_to_multiply", placed, -1, width, 1, fields);
        String source = first ? placed : inputs.getFirst().name();
        String factors = model.reshape(name + "_before", source, -1, width, before, 1);
        String products = model.node("Mul", name + "_products", factors, others);
        String flat = model.reshape(name + "_pairs", products, -1, width, before * fields);
        model.matrix(name + "_weights", before * fields, maps, weights.values());
        String mapped = model.node("MatMul", name + "_maps", flat, name + "_weights");
        return model.reshape(name, mapped, -1, width * maps);
    }
}
