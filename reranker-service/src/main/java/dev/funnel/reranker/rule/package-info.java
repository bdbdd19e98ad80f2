/** The rules that policies are made of, one file each: filters, score transforms, slate rules. */
@NullMarked
package dev.funnel.reranker.rule;

import org.jspecify.annotations.NullMarked;
