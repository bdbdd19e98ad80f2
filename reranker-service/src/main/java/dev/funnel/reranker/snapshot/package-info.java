/** What one bundle version contributes to re-ranking: item facts and embeddings, immutable. */
@NullMarked
package dev.funnel.reranker.snapshot;

import org.jspecify.annotations.NullMarked;
