/** The training flow: split, fit, evaluate, refuse or publish. */
@NullMarked
package dev.funnel.trainer.train;

import org.jspecify.annotations.NullMarked;
