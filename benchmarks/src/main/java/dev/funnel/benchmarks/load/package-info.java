/** Load on a running funnel: requests at a rate, what became of them, and what the processes used. */
@NullMarked
package dev.funnel.benchmarks.load;

import org.jspecify.annotations.NullMarked;
