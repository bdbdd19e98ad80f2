/** ONNX files as graphs: read with their references checked, cut in two. The only package here that knows ONNX's own classes. */
@NullMarked
package dev.funnel.inference.onnx;

import org.jspecify.annotations.NullMarked;
