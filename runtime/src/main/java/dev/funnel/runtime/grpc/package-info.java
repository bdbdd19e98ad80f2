/** The gRPC server and channels: bounds, health, deadlines, identity, and refusals as statuses. */
@NullMarked
package dev.funnel.runtime.grpc;

import org.jspecify.annotations.NullMarked;
