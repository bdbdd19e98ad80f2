/** The reranker on the wire: validation, and messages to and from plain records. */
@NullMarked
package dev.funnel.reranker.grpc;

import org.jspecify.annotations.NullMarked;
