/**
 * Retrieval networks: a tower that makes a vector of a person, and rows or a second tower that make vectors of items, trained as
 * one extreme classification with a sampled softmax.
 */
@NullMarked
package dev.funnel.trainer.tower;

import org.jspecify.annotations.NullMarked;
