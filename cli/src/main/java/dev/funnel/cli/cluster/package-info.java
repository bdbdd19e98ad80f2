/** The four services as child processes of this one. */
@NullMarked
package dev.funnel.cli.cluster;

import org.jspecify.annotations.NullMarked;
