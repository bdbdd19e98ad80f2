/** Stage 3: the ranked list becomes the slate. */
@NullMarked
package dev.funnel.reranker;

import org.jspecify.annotations.NullMarked;
