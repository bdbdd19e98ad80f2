/** Typed configuration: YAML bound to records once, at start. */
@NullMarked
package dev.funnel.runtime.config;

import org.jspecify.annotations.NullMarked;
