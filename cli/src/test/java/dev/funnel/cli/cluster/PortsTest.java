package dev.funnel.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void free_ports_differ() {
        Map<Service, Integer> ports = Ports.free();
        assertEquals(Service.values().length, new HashSet<>(ports.values()).size());
    }

    @Test
    void a_usual_port_that_is_taken_is_replaced() throws Exception {
        int usual = Ports.usualOrFree().getOrDefault(Service.RANKING, 0);
        try (ServerSocket taken = new ServerSocket(usual, 1, InetAddress.getLoopbackAddress())) {
            assertNotEquals(taken.getLocalPort(), Ports.usualOrFree().get(Service.RANKING));
        }
    }
}
