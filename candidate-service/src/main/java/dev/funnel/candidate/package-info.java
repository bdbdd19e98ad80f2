/** Stage 1: thousands or millions of items to hundreds worth scoring. Recall matters, order does not. */
@NullMarked
package dev.funnel.candidate;

import org.jspecify.annotations.NullMarked;
