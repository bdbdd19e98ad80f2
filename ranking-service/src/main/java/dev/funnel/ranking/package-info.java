/** Stage 2: one model scores the whole pool. */
@NullMarked
package dev.funnel.ranking;

import org.jspecify.annotations.NullMarked;
