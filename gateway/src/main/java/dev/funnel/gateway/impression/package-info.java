/** What was shown, written down: the next training set. */
@NullMarked
package dev.funnel.gateway.impression;

import org.jspecify.annotations.NullMarked;
