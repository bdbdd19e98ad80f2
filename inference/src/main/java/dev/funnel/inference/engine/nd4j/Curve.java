package dev.funnel.inference.engine.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseTransformOp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SoftPlus;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** Functions of one number: those with an exponential by ND4J, which has them vectorised, the others on plain memory. */
enum Curve {
    SIGMOID,
    TANH,
    EXP,
    LOG,
    SOFTPLUS;

    Step.Plan plan(Slot in, Slot out) {
        return tile -> {
            BaseTransformOp operation = operation(tile.array(in), tile.array(out));
            return () -> Nd4j.getExecutioner().exec(operation);
        };
    }

    private BaseTransformOp operation(INDArray in, INDArray out) {
        return switch (this) {
            case SIGMOID -> new Sigmoid(in, out);
            case TANH -> new Tanh(in, out);
            case EXP -> new Exp(in, out);
            case LOG -> new Log(in, out);
            case SOFTPLUS -> new SoftPlus(in, out);
        };
    }

    /** {@code x} where it is between the bounds, else the nearer one. */
    static Step.Plan clip(Slot in, float least, float most, Slot out) {
        return tile -> () -> {
            FloatBuffer from = tile.buffer(in);
            FloatBuffer into = tile.buffer(out);
            int length = tile.rows(out) * out.width();
            for (int i = 0; i < length; i++) {
                into.put(i, Math.min(Math.max(from.get(i), least), most));
            }
        };
    }

    /** {@code x} where it is above 0, else {@code slope x}. */
    static Step.Plan leakyRectifier(Slot in, float slope, Slot out) {
        return tile -> () -> {
            FloatBuffer from = tile.buffer(in);
            FloatBuffer into = tile.buffer(out);
            int length = tile.rows(out) * out.width();
            for (int i = 0; i < length; i++) {
                float x = from.get(i);
                into.put(i, x > 0 ? x : slope * x);
            }
        };
    }
}
