/** A policy applied to a pool: filters, score transforms, the slate, and what can be said of each. */
@NullMarked
package dev.funnel.reranker.rerank;

import org.jspecify.annotations.NullMarked;
