/** Small real rankers for the tests of every module. */
@NullMarked
package dev.funnel.inference.testing;

import org.jspecify.annotations.NullMarked;
