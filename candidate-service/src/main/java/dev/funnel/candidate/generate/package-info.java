/** Generators: what each kind searches for and in what. */
@NullMarked
package dev.funnel.candidate.generate;

import org.jspecify.annotations.NullMarked;
