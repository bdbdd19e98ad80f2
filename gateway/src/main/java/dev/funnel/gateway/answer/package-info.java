/** What a caller is told: the slate, what was lost, and why an item stands where it stands, or does not stand at all. */
@NullMarked
package dev.funnel.gateway.answer;

import org.jspecify.annotations.NullMarked;
