/** The three stages as the gateway sees them: what it asks, what it accepts as an answer, what an absence means. */
@NullMarked
package dev.funnel.gateway.stage;

import org.jspecify.annotations.NullMarked;
