package dev.funnel.runtime.telemetry;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * Where a process shows its metrics, in Prometheus' text format under {@code /metrics}: the {@code metrics} section of every
 * service's configuration. Without the section nothing is counted and no port is opened.
 *
 * @param host address to listen on; loopback unless told
 * @param port a port of its own, apart from the server's; 0 picks a free one, which the log names
 */
public record MetricsSettings(@Default("127.0.0.1") String host, int port) {
    public MetricsSettings {
        Rule.notBlank("host", host);
        Rule.between("port", port, 0, 65_535);
    }
}
