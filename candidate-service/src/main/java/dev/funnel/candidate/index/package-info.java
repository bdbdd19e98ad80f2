/** Which vector index serves a generator. */
@NullMarked
package dev.funnel.candidate.index;

import org.jspecify.annotations.NullMarked;
