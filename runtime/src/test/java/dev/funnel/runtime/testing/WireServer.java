package dev.funnel.runtime.testing;

import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.grpc.ChannelSettings;
import dev.funnel.runtime.grpc.Channels;
import dev.funnel.runtime.grpc.ServerSettings;
import dev.funnel.runtime.grpc.ServiceHost;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Services on a real socket of a free port, and channels to them. */
public final class WireServer implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 10;

    private final ServiceHost host;
    private final Channels channels = new Channels();

    private WireServer(ServiceHost host) {
        this.host = host;
    }

    /** Serves with the usual settings, ready at once. */
    public static WireServer serving(BindableService... services) {
        return serving(settings(""), services);
    }

    public static WireServer serving(ServerSettings settings, BindableService... services) {
        ServiceHost.Builder builder = ServiceHost.builder(settings);
        for (BindableService service : services) {
            builder.service(service);
        }
        ServiceHost host = builder.start();
        host.ready(true);
        return new WireServer(host);
    }

    /** The usual settings on a free port of loopback, changed by what {@code yaml} says. */
    public static ServerSettings settings(String yaml) {
        return ConfigurationFile.parse(ServerSettings.class, "test", "port: 0\n" + yaml, Map.of());
    }

    public ServiceHost host() {
        return host;
    }

    /** A channel that gives every call a deadline of ten seconds, and does not ask for health. */
    public Channel channel() {
        return channel(host.address());
    }

    /** As {@link #channel()}, to any address. */
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
        host.close();
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
