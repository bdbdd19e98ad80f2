/** How hard the stages are asked to try, so that they keep to their slices of the time when they are slow. */
@NullMarked
package dev.funnel.gateway.effort;

import org.jspecify.annotations.NullMarked;
