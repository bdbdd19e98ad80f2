/** The one feature transform of trainer and services: the same inputs give the same numbers, bit for bit. */
@NullMarked
package dev.funnel.inference.feature;

import org.jspecify.annotations.NullMarked;
