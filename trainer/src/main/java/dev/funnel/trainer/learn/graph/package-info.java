/**
 * A small reverse-mode differentiation of matrices whose rows are examples: a {@link Graph} of a closed set of operations, each of
 * which knows its value, its gradient and its ONNX nodes.
 *
 * <p>Only operations under which rows do not mix: so a batch is cut into shards of a fixed number of rows that threads take
 * one by one, and no result depends on the number of threads.
 *
 * <p><b>The form of what is written.</b> Inputs know their {@link Side}: the request's have one row [1, width], the item's and the
 * candidate's [N, width]. What is computed from one side alone keeps it. A dense layer over several sides is written as one product
 * per side, each over its own columns, added up:
 *
 * <pre>
 *   NAME_request   = Gemm(request columns [1, w], weights, bias)      computed once a request
 *   NAME_item      = MatMul(item columns [N, w], weights)             the same in every request: may be computed once a bundle
 *   NAME_candidate = MatMul(candidate columns [N, w], weights)
 *   NAME           = Add(Add(NAME_item, NAME_candidate), NAME_request)
 * </pre>
 *
 * <p>Without a request's share the bias is in the candidate's (a Gemm then), without that in the item's.
 */
@NullMarked
package dev.funnel.trainer.learn.graph;

import org.jspecify.annotations.NullMarked;
