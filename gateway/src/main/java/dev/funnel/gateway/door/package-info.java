/** What may leave: the checks that every item passes, whatever path it came by. */
@NullMarked
package dev.funnel.gateway.door;

import org.jspecify.annotations.NullMarked;
