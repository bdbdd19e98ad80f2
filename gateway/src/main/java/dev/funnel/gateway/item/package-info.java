/** What changes in the catalogue between bundles: the ordered item log, its owner and its rules. */
@NullMarked
package dev.funnel.gateway.item;

import org.jspecify.annotations.NullMarked;
