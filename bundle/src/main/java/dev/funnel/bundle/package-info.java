/** The artifact: what the trainer writes and every service reads. */
@NullMarked
package dev.funnel.bundle;

import org.jspecify.annotations.NullMarked;
