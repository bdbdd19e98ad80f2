/** One catalogue over several processes of candidate generation. */
@NullMarked
package dev.funnel.systemtests.shard;

import org.jspecify.annotations.NullMarked;
