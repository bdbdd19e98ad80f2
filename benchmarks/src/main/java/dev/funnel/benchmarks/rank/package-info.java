/** Rankers: their forward pass on every engine, and a ranking service. */
@NullMarked
package dev.funnel.benchmarks.rank;

import org.jspecify.annotations.NullMarked;
