/** Who may import whom, and where a library stays. */
@NullMarked
package dev.funnel.systemtests.border;

import org.jspecify.annotations.NullMarked;
