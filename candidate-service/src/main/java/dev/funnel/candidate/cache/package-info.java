/** What is worked out once for a bundle version and used again: bitmaps of item predicates, vectors of queries. */
@NullMarked
package dev.funnel.candidate.cache;

import org.jspecify.annotations.NullMarked;
