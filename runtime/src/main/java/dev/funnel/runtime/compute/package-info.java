/** Arithmetic on a bounded pool of platform threads. */
@NullMarked
package dev.funnel.runtime.compute;

import org.jspecify.annotations.NullMarked;
