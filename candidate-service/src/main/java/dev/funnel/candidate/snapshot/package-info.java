/** What one bundle version contributes to this service. */
@NullMarked
package dev.funnel.candidate.snapshot;

import org.jspecify.annotations.NullMarked;
