/** A simulated log of impressions whose expected watch time is known, and what rankers make of it. */
@NullMarked
package dev.funnel.trainer.known;

import org.jspecify.annotations.NullMarked;
