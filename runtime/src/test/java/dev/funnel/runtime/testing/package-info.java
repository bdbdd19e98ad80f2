/** What tests of services share: a host on a free port with a channel to it, and awaited conditions. */
@NullMarked
package dev.funnel.runtime.testing;

import org.jspecify.annotations.NullMarked;
