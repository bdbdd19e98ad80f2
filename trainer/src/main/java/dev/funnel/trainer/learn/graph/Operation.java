package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.List;

/**
 * What a node does with the nodes it is made of, row by row. Stateless but for what it learns: several threads run shards at once.
 *
 * <p>Gradients are added to those of the inputs that want one.
 */
sealed interface Operation
        permits Operation.Learning,
                InputBlock,
                Columns,
                Concatenation,
                Rectifier,
                Sum,
                Product,
                FieldSum,
                BiInteraction,
                Dropout {

    /** Fills the shard's rows of {@code output}. */
    void forward(List<Activation> inputs, Activation output, Shard shard);

    /** Adds the shard's rows of {@code output}'s gradient, carried back, to those of the inputs. */
    void backward(List<Activation> inputs, Activation output, Shard shard);

    /** Adds its nodes to a model; returns the name of the last. */
    String write(OnnxModel model, String name, List<Wire> inputs);

    /** An operation with weights of its own. */
    sealed interface Learning extends Operation permits Dense, Bias, CompressedInteraction {

        /** Its weights, in an order that stays. */
        List<Parameter> parameters();

        /**
         * Adds the gradient of one parameter, its rows {@code from} to {@code to}, over all rows of a batch.
         *
         * @param parameter its place in {@link #parameters}
         */
        void collect(int parameter, int from, int to, List<Activation> inputs, Activation output, int rows);
    }
}
