/** Evaluation offline: published protocols over published data, with their traps. */
@NullMarked
package dev.funnel.trainer.evaluate;

import org.jspecify.annotations.NullMarked;
