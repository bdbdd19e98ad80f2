/** The ladder of degradation: what is served when a stage is absent, rung by rung, and the slates kept for it. */
@NullMarked
package dev.funnel.gateway.ladder;

import org.jspecify.annotations.NullMarked;
