/** One class per command. */
@NullMarked
package dev.funnel.cli.command;

import org.jspecify.annotations.NullMarked;
