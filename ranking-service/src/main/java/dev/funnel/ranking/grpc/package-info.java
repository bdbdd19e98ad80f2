/** The ranker on the wire: validation, and messages to and from plain records. */
@NullMarked
package dev.funnel.ranking.grpc;

import org.jspecify.annotations.NullMarked;
