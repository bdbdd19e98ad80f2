/** The declared features of a bundle's ranker: what it reads, from where, and how values become numbers. */
@NullMarked
package dev.funnel.bundle.schema;

import org.jspecify.annotations.NullMarked;
