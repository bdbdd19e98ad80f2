/** Evaluation of the served funnel beside the same arithmetic without a network. */
@NullMarked
package dev.funnel.cli.evaluate;

import org.jspecify.annotations.NullMarked;
