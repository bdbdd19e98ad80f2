/** The only package of the gateway that knows gRPC: the services it serves and the stages it calls. */
@NullMarked
package dev.funnel.gateway.grpc;

import org.jspecify.annotations.NullMarked;
