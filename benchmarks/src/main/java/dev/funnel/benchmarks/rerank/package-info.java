/** What re-ranking costs, rule by rule. */
@NullMarked
package dev.funnel.benchmarks.rerank;

import org.jspecify.annotations.NullMarked;
