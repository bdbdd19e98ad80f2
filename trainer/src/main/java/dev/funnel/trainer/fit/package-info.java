/** Fitting: what turns interactions into the arrays that generators serve. */
@NullMarked
package dev.funnel.trainer.fit;

import org.jspecify.annotations.NullMarked;
