package dev.funnel.runtime.grpc;

import dev.funnel.runtime.admission.Priority;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/**
 * What every call of ours says to whom it calls: the priority of the call it works for, and that it does not want to be told to come again
 * when it is shed.
 */
final class OutgoingHeaders implements ClientInterceptor {
    /**
     * A caller that sends it has something else to serve. gRPC-Java sends a call again that was shed with a push-back, whatever codes its
     * retry policy names and without counting it against the throttle, which would double the load of whoever sheds.
     */
    static final Metadata.Key<String> NO_PUSHBACK =
            Metadata.Key.of("x-funnel-no-pushback", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, S> ClientCall<Q, S> interceptCall(MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
        Priority priority = CallPriority.current();
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<S> listener, Metadata headers) {
                headers.put(NO_PUSHBACK, "true");
                if (priority != Priority.INTERACTIVE && !headers.containsKey(CallPriority.HEADER)) {
                    headers.put(CallPriority.HEADER, priority.label());
                }
                super.start(listener, headers);
            }
        };
    }
}
