/** Networks on ND4J: the only package that knows it. */
@NullMarked
package dev.funnel.inference.engine.nd4j;

import org.jspecify.annotations.NullMarked;
