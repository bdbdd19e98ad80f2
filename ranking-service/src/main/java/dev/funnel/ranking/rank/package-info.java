/** Scoring a pool in parts, and saying what became of it. */
@NullMarked
package dev.funnel.ranking.rank;

import org.jspecify.annotations.NullMarked;
