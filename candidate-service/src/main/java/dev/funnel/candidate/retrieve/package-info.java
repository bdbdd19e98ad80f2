/** One question to all generators: asked in parallel, filtered inside the search, merged with provenance. */
@NullMarked
package dev.funnel.candidate.retrieve;

import org.jspecify.annotations.NullMarked;
