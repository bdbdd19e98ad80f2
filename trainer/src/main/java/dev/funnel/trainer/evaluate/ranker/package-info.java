/** Evaluation of rankers on public data of clicks, incomes and play times: what a network or boosted trees make of rows of features. */
@NullMarked
package dev.funnel.trainer.evaluate.ranker;

import org.jspecify.annotations.NullMarked;
