package dev.funnel.runtime.telemetry;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/** Sends the trace along with every call that is made within one. */
final class TraceSending implements ClientInterceptor {
    @Override
    public <Q, S> ClientCall<Q, S> interceptCall(MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
        CallSpan current = CallSpan.current();
        ClientCall<Q, S> call = next.newCall(method, options);
        if (!current.travels()) {
            return call;
        }
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void start(Listener<S> listener, Metadata headers) {
                current.into(headers);
                super.start(listener, headers);
            }
        };
    }
}
