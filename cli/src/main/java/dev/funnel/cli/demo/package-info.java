/** The demonstration: from nothing to a slate. */
@NullMarked
package dev.funnel.cli.demo;

import org.jspecify.annotations.NullMarked;
