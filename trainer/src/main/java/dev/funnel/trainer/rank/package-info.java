/**
 * The ranker's training: examples from impressions or sampled negatives, weighted logistic regression with a dense network,
 * and what is published of it.
 */
@NullMarked
package dev.funnel.trainer.rank;

import org.jspecify.annotations.NullMarked;
