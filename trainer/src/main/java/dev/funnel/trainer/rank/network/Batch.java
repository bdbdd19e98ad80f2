package dev.funnel.trainer.rank.network;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One step's examples, weighted for logistic regression: an example of logit z costs
 * {@code negative * softplus(z) + positive * softplus(-z)}.
 *
 * @param rows how many examples
 * @param blocks per input of the network: a direct buffer in native order, rows x width floats from its position
 * @param positives per example its weight as a positive, e.g. seconds watched; 0 or more, finite
 * @param negatives per example its weight as a negative; 0 or more, finite
 */
public record Batch(int rows, List<ByteBuffer> blocks, float[] positives, float[] negatives) {}
