/** What a request says, as the feature transform reads it. */
@NullMarked
package dev.funnel.ranking.feature;

import org.jspecify.annotations.NullMarked;
