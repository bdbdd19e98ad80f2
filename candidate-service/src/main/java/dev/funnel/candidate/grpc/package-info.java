/** The contract's side: requests into questions, answers into responses. */
@NullMarked
package dev.funnel.candidate.grpc;

import org.jspecify.annotations.NullMarked;
