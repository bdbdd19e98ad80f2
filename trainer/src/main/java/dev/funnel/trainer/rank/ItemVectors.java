package dev.funnel.trainer.rank;

import dev.funnel.bundle.FloatMatrix;

/**
 * Vectors of items that a generator owns and the ranker looks up in that generator's file.
 *
 * @param file bundle file that will hold them, e.g. "generators/als.safetensors"
 * @param tensor their tensor there
 * @param rows one row an item, fitted on data that holds none of the examples' labels
 */
public record ItemVectors(String file, String tensor, FloatMatrix rows) {}
