/** Page tokens: where a caller stands in a slate longer than a page. */
@NullMarked
package dev.funnel.gateway.page;

import org.jspecify.annotations.NullMarked;
