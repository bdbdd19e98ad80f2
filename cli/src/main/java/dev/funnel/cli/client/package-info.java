/** Asking a running gateway. */
@NullMarked
package dev.funnel.cli.client;

import org.jspecify.annotations.NullMarked;
