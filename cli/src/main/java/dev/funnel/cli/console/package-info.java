/** What a command shows: results on standard output, everything else on standard error. */
@NullMarked
package dev.funnel.cli.console;

import org.jspecify.annotations.NullMarked;
