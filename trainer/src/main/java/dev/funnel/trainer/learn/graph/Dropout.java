package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.List;

/**
 * In training sets a random share of the values to 0 and scales the others up (Srivastava et al. 2014); otherwise does nothing.
 * Which ones depends on the step, the row and the column alone, not on who computes them.
 *
 * @param share of the values that are dropped, in [0, 1)
 * @param seed of its own
 */
record Dropout(float share, long seed) implements Operation {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    @Override
    public void forward(List<Activation> inputs, Activation output, Shard shard) {
        float[] in = inputs.getFirst().values();
        for (int i = shard.from() * output.width(); i < shard.to() * output.width(); i++) {
            output.values()[i] = factor(shard, i) * in[i];
        }
    }

    @Override
    public void backward(List<Activation> inputs, Activation output, Shard shard) {
        float[] to = inputs.getFirst().gradient();
        for (int i = shard.from() * output.width(); i < shard.to() * output.width(); i++) {
            to[i] += factor(shard, i) * output.gradient()[i];
        }
    }

    private float factor(Shard shard, int place) {
        if (!shard.training()) {
            return 1;
        }
        return uniform(seed + shard.draw() * GOLDEN + place) < share ? 0 : 1 / (1 - share);
    }

    /** A number in [0, 1) from the upper bits of Stafford's mix of a counter (the one of SplittableRandom). */
    private static float uniform(long counter) {
        long mixed = counter * GOLDEN;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return ((mixed ^ (mixed >>> 31)) >>> 40) * 0x1p-24f;
    }

    @Override
    public String write(OnnxModel model, String name, List<Wire> inputs) {
        return inputs.getFirst().name();
    }
}
