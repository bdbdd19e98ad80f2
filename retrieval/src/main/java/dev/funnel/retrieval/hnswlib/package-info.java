/** The graph index of HNSWlib-java behind {@link dev.funnel.retrieval.VectorIndex}; its classes stay in here. */
@NullMarked
package dev.funnel.retrieval.hnswlib;

import org.jspecify.annotations.NullMarked;
