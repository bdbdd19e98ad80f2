/** What one bundle version contributes to the gateway, and which version a request runs on. */
@NullMarked
package dev.funnel.gateway.snapshot;

import org.jspecify.annotations.NullMarked;
