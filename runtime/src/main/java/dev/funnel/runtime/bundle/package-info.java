/** The bundle versions a process holds: noticed, verified, loaded, leased, retired. */
@NullMarked
package dev.funnel.runtime.bundle;

import org.jspecify.annotations.NullMarked;
