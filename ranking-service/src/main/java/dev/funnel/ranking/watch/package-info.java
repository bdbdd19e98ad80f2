/** What rankers were given, for operators and data scientists: how often features are missing, and a log of what was served. */
@NullMarked
package dev.funnel.ranking.watch;

import org.jspecify.annotations.NullMarked;
