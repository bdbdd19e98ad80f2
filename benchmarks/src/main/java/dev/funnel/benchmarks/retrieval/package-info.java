/** Nearest-neighbour search beside its peers: vectors, exact answers, contenders, curves of recall against speed. */
@NullMarked
package dev.funnel.benchmarks.retrieval;

import org.jspecify.annotations.NullMarked;
