/** Generators as the trainer knows them: how each is configured, fitted, asked offline, and written into a bundle. */
@NullMarked
package dev.funnel.trainer.generate;

import org.jspecify.annotations.NullMarked;
