package dev.funnel.runtime.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.MethodDescriptor;

/** Refuses, loudly, to send a call that would wait for ever: no RPC leaves a process without a deadline. */
final class DeadlineRequired implements ClientInterceptor {
    @Override
    public <Q, S> ClientCall<Q, S> interceptCall(MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
        if (options.getDeadline() == null && Context.current().getDeadline() == null) {
            throw new IllegalStateException(method.getFullMethodName() + " is called without a deadline");
        }
        return next.newCall(method, options);
    }
}
