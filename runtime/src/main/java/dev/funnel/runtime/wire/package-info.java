/** Plain records for what travels between stages, and the one place where it is validated. */
@NullMarked
package dev.funnel.runtime.wire;

import org.jspecify.annotations.NullMarked;
