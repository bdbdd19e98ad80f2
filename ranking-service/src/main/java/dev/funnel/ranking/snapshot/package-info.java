/** What one bundle version contributes to ranking. */
@NullMarked
package dev.funnel.ranking.snapshot;

import org.jspecify.annotations.NullMarked;
