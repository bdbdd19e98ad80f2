/** What changes between bundles: the records of the ordered item log, as every stage applies them. */
@NullMarked
package dev.funnel.bundle.live;

import org.jspecify.annotations.NullMarked;
