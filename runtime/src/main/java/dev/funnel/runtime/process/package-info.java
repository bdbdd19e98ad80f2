/** The life of a serving process: start, ready, drain, stop. */
@NullMarked
package dev.funnel.runtime.process;

import org.jspecify.annotations.NullMarked;
