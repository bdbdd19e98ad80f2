/** Tests of who is let in. */
@NullMarked
package dev.funnel.runtime.admission;

import org.jspecify.annotations.NullMarked;
