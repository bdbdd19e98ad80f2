package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.learn.RowTable;
import java.util.ArrayList;
import java.util.List;

/**
 * NeuMF that begins with what GMF and dense layers have learnt apart: rows side by side, dense layers as they are, and the output
 * layer's weights joined, each half times its share (He et al. 2017, <i>Neural Collaborative Filtering</i>, section 3.4.1). Settings of
 * the first two begin with {@code gmf-} and {@code mlp-}, e.g. {@code gmf-epochs}. The epochs of all three count in its duration of one.
 */
final class NcfPretraining {
    private static final float SHARE = 0.5f;

    private NcfPretraining() {}

    static NcfNetwork train(FitTask task, int usualFactors) {
        Overrides asked = task.settings();
        int factors = NcfNetworkPlan.factors(asked, usualFactors);
        NcfNetworkPlan gmf = NcfNetworkPlan.gmf(asked, "gmf-", factors);
        NcfNetworkPlan mlp = NcfNetworkPlan.mlp(asked, "mlp-", factors);
        NcfNetworkPlan neumf = NcfNetworkPlan.taughtNeumf(asked, factors);
        task.noteSettings(List.of(gmf, mlp, neumf));
        NcfNetwork joint = new NcfNetwork(task.train(), neumf, task.seed(), task.threads());
        try (NcfNetwork first = new NcfNetwork(task.train(), gmf, task.seed(), task.threads());
                NcfNetwork second = new NcfNetwork(task.train(), mlp, task.seed(), task.threads())) {
            first.train(task.progress().part(0, 0.3));
            second.train(task.progress().part(0.3, 0.9));
            joint.countEpochsOf(first);
            joint.countEpochsOf(second);
            joint.network()
                    .graph()
                    .restore(joined(
                            first.network().graph().weights(),
                            second.network().graph().weights()));
            for (int side = 0; side < joint.tables().length; side++) {
                join(first.tables()[side], second.tables()[side], joint.tables()[side]);
            }
        }
        joint.train(task.progress().part(0.9, 1));
        return joint;
    }

    /** The dense layers of the second, then one output layer of both. */
    private static List<float[]> joined(List<float[]> gmf, List<float[]> mlp) {
        int hidden = mlp.size() - 2;
        List<float[]> weights = new ArrayList<>(mlp.subList(0, hidden));
        weights.add(times(gmf.get(0), SHARE));
        weights.add(times(mlp.get(hidden), 1 - SHARE));
        float[] bias = {SHARE * gmf.get(1)[0] + (1 - SHARE) * mlp.get(hidden + 1)[0]};
        weights.add(bias);
        return weights;
    }

    private static float[] times(float[] values, float factor) {
        float[] product = new float[values.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = factor * values[i];
        }
        return product;
    }

    private static void join(RowTable first, RowTable second, RowTable into) {
        List<float[]> joined = into.copy();
        for (int part = 0; part < RowTable.PARTS; part++) {
            join(first.copy().get(part), first.width(), second.copy().get(part), second.width(), joined.get(part));
        }
        into.restore(joined);
    }

    private static void join(float[] first, int firstWidth, float[] second, int secondWidth, float[] into) {
        int width = firstWidth + secondWidth;
        for (int row = 0; row < into.length / width; row++) {
            System.arraycopy(first, row * firstWidth, into, row * width, firstWidth);
            System.arraycopy(second, row * secondWidth, into, row * width + firstWidth, secondWidth);
        }
    }
}
