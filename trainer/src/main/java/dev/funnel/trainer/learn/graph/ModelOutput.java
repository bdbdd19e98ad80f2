package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.onnx.OnnxModel;

/**
 * One output of a model.
 *
 * @param name of the tensor, [N, width]
 * @param node what it shows
 * @param transform how
 */
public record ModelOutput(String name, Node node, Transform transform) {

    /** What is served of a logit z. */
    public sealed interface Transform {

        String write(OnnxModel model, String logit, String output);
    }

    /** z itself. */
    public record Plain() implements Transform {
        @Override
        public String write(OnnxModel model, String logit, String output) {
            return model.node("Identity", output, logit);
        }
    }

    /** 1 / (1 + exp(-z)): a probability. */
    public record Probability() implements Transform {
        @Override
        public String write(OnnxModel model, String logit, String output) {
            return model.node("Sigmoid", output, logit);
        }
    }

    /**
     * exp(z), with z clipped so that it stays finite: the odds that weighted logistic regression makes equal to the expected
     * weight (Covington et al. 2016, section 4.2).
     */
    public record Odds(float lowestLogit, float highestLogit) implements Transform {
        @Override
        public String write(OnnxModel model, String logit, String output) {
            return model.node("Exp", output, clip(model, logit, output + "_logit", lowestLogit, highestLogit));
        }
    }

    /** What is served of slope z + shift. */
    public record Rescaled(float slope, float shift, Transform then) implements Transform {
        @Override
        public String write(OnnxModel model, String logit, String output) {
            model.matrix(output + "_slope", 1, 1, new float[] {slope});
            model.matrix(output + "_shift", 1, 1, new float[] {shift});
            String rescaled = model.node("Gemm", output + "_rescaled", logit, output + "_slope", output + "_shift");
            return then.write(model, rescaled, output);
        }
    }

    /**
     * What is served of z + shift + the sum of bends (z - knots) where z is above them.
     *
     * @param knots rising
     * @param bends by how much the slope changes at each
     */
    public record Bent(float[] knots, float[] bends, float shift, Transform then) implements Transform {
        @Override
        public String write(OnnxModel model, String logit, String output) {
            float[] ones = new float[knots.length];
            float[] below = new float[knots.length];
            for (int k = 0; k < knots.length; k++) {
                ones[k] = 1;
                below[k] = -knots[k];
            }
            model.matrix(output + "_ones", 1, knots.length, ones);
            model.matrix(output + "_below", 1, knots.length, below);
            model.matrix(output + "_bends", knots.length, 1, bends);
            model.matrix(output + "_offset", 1, 1, new float[] {shift});
            String above = model.node(
                    "Relu",
                    output + "_above",
                    model.node("Gemm", output + "_beyond", logit, output + "_ones", output + "_below"));
            String offset = model.node("Gemm", output + "_offsets", above, output + "_bends", output + "_offset");
            return then.write(model, model.node("Add", output + "_bent", logit, offset), output);
        }
    }

    /** z, clipped. */
    public record Clipped(float lowest, float highest) implements Transform {
        @Override
        public String write(OnnxModel model, String logit, String output) {
            return clip(model, logit, output, lowest, highest);
        }
    }

    private static String clip(OnnxModel model, String logit, String output, float lowest, float highest) {
        model.scalar(output + "_lowest", lowest);
        model.scalar(output + "_highest", highest);
        return model.node("Clip", output, logit, output + "_lowest", output + "_highest");
    }
}
