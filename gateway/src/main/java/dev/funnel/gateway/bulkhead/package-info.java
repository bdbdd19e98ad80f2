/** Bounds on calls under way, so that one stage or generator that is slow does not take the gateway's all. */
@NullMarked
package dev.funnel.gateway.bulkhead;

import org.jspecify.annotations.NullMarked;
