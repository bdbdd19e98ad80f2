/** Following the ordered item log: whoever serves tails it, says how far it is, and is not ready while it lags. */
@NullMarked
package dev.funnel.runtime.log;

import org.jspecify.annotations.NullMarked;
