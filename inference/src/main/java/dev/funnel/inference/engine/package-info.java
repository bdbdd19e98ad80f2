/** Engines that run a bundle's network over filled feature blocks. */
@NullMarked
package dev.funnel.inference.engine;

import org.jspecify.annotations.NullMarked;
