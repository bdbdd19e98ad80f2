/** The door: who may ask, how long it may take, which pipeline, what if a stage fails, what may never leave. */
@NullMarked
package dev.funnel.gateway;

import org.jspecify.annotations.NullMarked;
