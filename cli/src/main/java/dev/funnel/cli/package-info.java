/** The {@code funnel} command: wires the modules together and decides nothing itself. */
@NullMarked
package dev.funnel.cli;

import org.jspecify.annotations.NullMarked;
