/** The search: similarities, indexes over item vectors, fold-in of unseen users, precomputed lists. */
@NullMarked
package dev.funnel.retrieval;

import org.jspecify.annotations.NullMarked;
