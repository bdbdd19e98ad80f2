/**
 * Networks that rank: each is one file that says which operations make its logits, and a line in {@link Networks}.
 *
 * <p>A network never looks rows of embeddings up: {@link dev.funnel.inference.feature.FeatureTransform} fills them into the
 * blocks of the schema, and each block is an input. A network addresses its inputs by their role ({@link NetworkInputs}): lookups that
 * are equally wide are its fields, lookups of width 1 its linear part, the rest are numbers. So it goes with any schema that has
 * the roles it needs. Training one:
 *
 * <pre>
 *   BuiltNetwork network = Networks.named("mlp").build(schema, learntTables, shape, seed);
 *   try (GraphTraining training = new GraphTraining(network.graph(), capacity, rate, decay, threads)) {
 *       // per step: fill training.values(network.input(i)), rows x width; then
 *       training.step(rows, List.of(new Loss.Logistic(network.logits().get(0), positives, negatives)));
 *       // and move the embedding rows that filled a block against training.gradient(network.input(i))
 *   }
 *   List&lt;float[]&gt; best = network.graph().weights();          // network.graph().restore(best) goes back
 *   byte[] onnx = network.model(List.of(new ModelOutput.Odds(-15, 15)));   // an output per head of the schema
 * </pre>
 */
@NullMarked
package dev.funnel.trainer.network;

import org.jspecify.annotations.NullMarked;
