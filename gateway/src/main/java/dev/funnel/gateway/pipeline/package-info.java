/** Candidates, rank, rerank, settle: the named configurations of the stages, and one request's way through them. */
@NullMarked
package dev.funnel.gateway.pipeline;

import org.jspecify.annotations.NullMarked;
