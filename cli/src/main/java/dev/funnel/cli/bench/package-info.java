/** {@code funnel bench serve}: the whole funnel as processes, under load. */
@NullMarked
package dev.funnel.cli.bench;

import org.jspecify.annotations.NullMarked;
