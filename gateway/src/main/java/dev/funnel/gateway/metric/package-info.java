/** What the gateway counts and times of the requests it answers. */
@NullMarked
package dev.funnel.gateway.metric;

import org.jspecify.annotations.NullMarked;
