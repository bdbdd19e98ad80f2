package dev.funnel.trainer.fit;

import dev.funnel.bundle.FloatMatrix;

/**
 * What a matrix factorisation found: a vector for every user and every item, such that their inner product is high where the
 * user interacted.
 *
 * @param users one row per user
 * @param items one row per item
 * @param gramian of the items, see {@link dev.funnel.retrieval.Gramian}; what folding in needs beside the item vectors
 */
public record Factors(FloatMatrix users, FloatMatrix items, float[] gramian) {}
