/** The projection trick: what of a network depends on the item alone is computed once a bundle, not once a candidate. */
@NullMarked
package dev.funnel.inference.projection;

import org.jspecify.annotations.NullMarked;
