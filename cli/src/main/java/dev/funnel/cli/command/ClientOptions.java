package dev.funnel.cli.command;

import dev.funnel.cli.client.GatewayClient;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Which gateway to ask, and for how long. */
final class ClientOptions {

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7100",
            description = "the gateway (default: ${DEFAULT-VALUE})")
    private String target = "";

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            defaultValue = "",
            description = "key to be known by, if keys are asked for")
    private String apiKey = "";

    @Option(
            names = "--deadline-ms",
            paramLabel = "MS",
            defaultValue = "5000",
            description = "longest time to wait, in milliseconds (default: ${DEFAULT-VALUE})")
    private int deadlineMillis;

    GatewayClient connect() {
        Options.require(deadlineMillis > 0, "--deadline-ms", deadlineMillis, "must be above 0");
        return new GatewayClient(target, apiKey, Duration.ofMillis(deadlineMillis));
    }
}
