/** The load driver, without any load. */
@NullMarked
package dev.funnel.benchmarks.load;

import org.jspecify.annotations.NullMarked;
