/** Who is let in when more want in than can be served: a limit that follows measured latency, priorities, quotas. */
@NullMarked
package dev.funnel.runtime.admission;

import org.jspecify.annotations.NullMarked;
