/** Tests of the whole: what no module can promise alone. */
@NullMarked
package dev.funnel.systemtests;

import org.jspecify.annotations.NullMarked;
