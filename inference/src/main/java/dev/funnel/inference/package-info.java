/** The arithmetic: a ranker is a feature transform and an engine. */
@NullMarked
package dev.funnel.inference;

import org.jspecify.annotations.NullMarked;
