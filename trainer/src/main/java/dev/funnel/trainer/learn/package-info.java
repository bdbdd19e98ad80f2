/** What networks with hand-written gradients are made of: matrix products, dense layers, optimisers, embedding rows. */
@NullMarked
package dev.funnel.trainer.learn;

import org.jspecify.annotations.NullMarked;
