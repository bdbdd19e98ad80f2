/** A log made ready for fitting: what interactions mean, and who had done and was what. */
@NullMarked
package dev.funnel.trainer.prepare;

import org.jspecify.annotations.NullMarked;
