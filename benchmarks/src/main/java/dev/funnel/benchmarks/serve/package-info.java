/** Services under load, over real sockets: what a stage costs beside the work it does. */
@NullMarked
package dev.funnel.benchmarks.serve;

import org.jspecify.annotations.NullMarked;
