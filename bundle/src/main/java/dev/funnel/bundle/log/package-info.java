/** The files of the ordered item log: what a gateway appends to, and what the trainer reads. */
@NullMarked
package dev.funnel.bundle.log;

import org.jspecify.annotations.NullMarked;
