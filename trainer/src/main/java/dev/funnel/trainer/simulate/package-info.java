/** The demo world: a simulated video site whose truth is known, written in the trainer's input schema. */
@NullMarked
package dev.funnel.trainer.simulate;

import org.jspecify.annotations.NullMarked;
