/** Formulas that combine a ranker's heads into one score. */
@NullMarked
package dev.funnel.inference.objective;

import org.jspecify.annotations.NullMarked;
