/** The offline flow: read, simulate, fit, evaluate, publish. No service imports it. */
@NullMarked
package dev.funnel.trainer;

import org.jspecify.annotations.NullMarked;
