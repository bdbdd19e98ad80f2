/** Speed, always as a ratio: what is ours and its peers, measured in one run. Only the command line imports it. */
@NullMarked
package dev.funnel.benchmarks;

import org.jspecify.annotations.NullMarked;
