package dev.funnel.cli.command;

import dev.funnel.cli.client.FunnelProcesses;
import java.util.List;
import picocli.CommandLine.Option;

/** Which processes of a funnel to ask. */
final class ProcessOptions {

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            split = ",",
            defaultValue = "127.0.0.1:7101,127.0.0.1:7102,127.0.0.1:7103,127.0.0.1:7100",
            description =
                    "processes, with commas between them: every replica of every stage, and the gateways (default: ${DEFAULT-VALUE})")
    private List<String> targets = List.of();

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            defaultValue = "",
            description = "key to be known by, if keys are asked for")
    private String apiKey = "";

    FunnelProcesses open() {
        for (String target : targets) {
            Options.require(target.matches("[^\\s,]+:[0-9]{1,5}"), "--target", target, "must be host:port");
        }
        return new FunnelProcesses(targets, apiKey);
    }
}
