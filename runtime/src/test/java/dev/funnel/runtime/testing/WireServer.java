package dev.funnel.runtime.testing;

import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.grpc.ServerSettings;
import dev.funnel.runtime.grpc.ServiceHost;
import io.grpc.BindableService;
import io.grpc.Channel;
import java.time.Duration;
import java.util.Map;

/** Services on a real socket of a free port, and channels to them. */
public final class WireServer implements AutoCloseable {
    private final ServiceHost host;
    private final WireClient client = new WireClient();

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

    /** The usual settings on a free port of loopback, changed by what {@code yaml} says. Closing does not wait for who watches the health. */
    public static ServerSettings settings(String yaml) {
        return settingsWithNotice(Duration.ZERO, yaml);
    }

    /** The same, but closing waits so long for those who watch the health to leave. */
    public static ServerSettings settingsWithNotice(Duration notice, String yaml) {
        String unlikeUsual = "port: 0\ndrain_notice: %dms\n".formatted(notice.toMillis());
        return ConfigurationFile.parse(ServerSettings.class, "test", unlikeUsual + yaml, Map.of());
    }

    public ServiceHost host() {
        return host;
    }

    /** A channel to it, as {@link WireClient#channel}. */
    public Channel channel() {
        return channel(host.address());
    }

    /** As {@link #channel()}, to any address. */
    public Channel channel(String address) {
        return client.channel(address);
    }

    /** A channel as services open it: calls without a deadline are refused. */
    public Channel bareChannel(String address) {
        return client.bareChannel(address);
    }

    @Override
    public void close() {
        client.close();
        host.close();
    }
}
