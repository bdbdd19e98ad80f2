/** Expressions of policies and requests: CEL, typed by the item table, with a bounded cost. The library stays in here. */
@NullMarked
package dev.funnel.reranker.expression;

import org.jspecify.annotations.NullMarked;
