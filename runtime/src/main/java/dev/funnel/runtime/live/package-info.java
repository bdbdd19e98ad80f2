/** Items that change between bundles: the entries of the item log applied to the bundle versions a process serves from. */
@NullMarked
package dev.funnel.runtime.live;

import org.jspecify.annotations.NullMarked;
