/** Absolute instants by which work must be done. */
@NullMarked
package dev.funnel.runtime.deadline;

import org.jspecify.annotations.NullMarked;
