/** Networks written as ONNX. */
@NullMarked
package dev.funnel.trainer.onnx;

import org.jspecify.annotations.NullMarked;
