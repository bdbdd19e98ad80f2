package dev.funnel.runtime.testing;

import dev.funnel.runtime.grpc.ChannelSettings;
import dev.funnel.runtime.grpc.Channels;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import java.util.concurrent.TimeUnit;

/** Channels to processes under test; they do not ask for health. */
public final class WireClient implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 30;

    private final Channels channels = new Channels();

    /** A channel that gives every call without a deadline one of thirty seconds. */
    public Channel channel(String address) {
        return ClientInterceptors.intercept(bareChannel(address), new UsualDeadline());
    }

    /** A channel as services open it: calls without a deadline are refused. */
    public Channel bareChannel(String address) {
        ChannelSettings usual = ChannelSettings.of(address);
        ChannelSettings unwatched = new ChannelSettings(
                address, usual.maxMessage(), usual.keepAlive(), usual.keepAliveTimeout(), false, false);
        return channels.open(unwatched, "");
    }

    @Override
    public void close() {
        channels.close();
    }

    private static final class UsualDeadline implements ClientInterceptor {
        @Override
        public <Q, S> ClientCall<Q, S> interceptCall(MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
            return next.newCall(
                    method,
                    options.getDeadline() == null
                            ? options.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                            : options);
        }
    }
}
