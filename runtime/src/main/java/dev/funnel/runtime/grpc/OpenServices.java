package dev.funnel.runtime.grpc;

import io.grpc.ServerCall;

/** Services that answer anyone at any time, because probes and balancers ask them. */
final class OpenServices {
    static final String HEALTH = "grpc.health.v1.Health";

    private OpenServices() {}

    static boolean isHealth(ServerCall<?, ?> call) {
        return HEALTH.equals(call.getMethodDescriptor().getServiceName());
    }
}
