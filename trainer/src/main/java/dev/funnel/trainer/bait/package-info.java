/** The model of click-bait: what is clicked and left at once, learnt from watch times. */
@NullMarked
package dev.funnel.trainer.bait;

import org.jspecify.annotations.NullMarked;
