/** Small real bundles for the tests of every module. */
@NullMarked
package dev.funnel.bundle.testing;

import org.jspecify.annotations.NullMarked;
