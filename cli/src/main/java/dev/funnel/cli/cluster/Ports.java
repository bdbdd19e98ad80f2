package dev.funnel.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;

/** Chooses a port of the loopback interface per service. */
public final class Ports {

    private Ports() {}

    /** Free ports for all services. */
    public static Map<Service, Integer> free() {
        Map<Service, Integer> ports = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            ports.put(service, anyFree(ports));
        }
        return ports;
    }

    /** The usual port of each service where it is free, else another. */
    public static Map<Service, Integer> usualOrFree() {
        Map<Service, Integer> ports = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            ports.put(service, isFree(service.usualPort()) ? service.usualPort() : anyFree(ports));
        }
        return ports;
    }

    /** A free port that no service usually has. */
    static int anyFree() {
        return anyFree(Map.of());
    }

    /** For the metrics of a service: the usual port if the service has its usual port too, so that two clusters do not race for it. */
    static int metrics(Service service, int port) {
        boolean usual = port == service.usualPort() && isFree(service.usualMetricsPort());
        return usual ? service.usualMetricsPort() : anyFree();
    }

    private static int anyFree(Map<Service, Integer> chosen) {
        int port = bind(0);
        while (chosen.containsValue(port) || isUsual(port)) {
            port = bind(0);
        }
        return port;
    }

    private static boolean isUsual(int port) {
        for (Service service : Service.values()) {
            if (service.usualPort() == port || service.usualMetricsPort() == port) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFree(int port) {
        try {
            bind(port);
            return true;
        } catch (UncheckedIOException taken) {
            return false;
        }
    }

    /** Binds a port for a moment; 0 means any. */
    private static int bind(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
