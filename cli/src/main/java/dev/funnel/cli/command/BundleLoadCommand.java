package dev.funnel.cli.command;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.cli.client.FunnelProcesses;
import dev.funnel.cli.client.FunnelProcesses.Told;
import dev.funnel.cli.console.Console;
import dev.funnel.proto.admin.v1.BundleStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a version current everywhere: stages first, so that requests move to it only when all hold it. */
@Command(
        name = "load",
        description =
                "Makes a version current in all processes, one after the other, stages before gateways. A version that was"
                        + " refused is tried again. At the first process that refuses it ends with code 1: requests stay where they were.",
        mixinStandardHelpOptions = true)
public final class BundleLoadCommand extends WorkingCommand {

    @Mixin
    private final ProcessOptions options = new ProcessOptions();

    @Option(names = "--version", paramLabel = "VERSION", required = true, description = "the version")
    private String version = "";

    @Option(
            names = "--wait-s",
            paramLabel = "S",
            defaultValue = "600",
            description = "longest time that one process may take, in seconds (default: ${DEFAULT-VALUE})")
    private int waitSeconds;

    @Override
    void run(Console console) throws IOException, InterruptedException {
        Options.require(BundleVersion.parse(version).isPresent(), "--version", version, "is not a bundle version");
        Options.between("--wait-s", waitSeconds, 1, 86_400);
        try (FunnelProcesses processes = options.open()) {
            List<Told> inOrder = processes.askAll(); // before anything is changed
            for (Told process : inOrder) {
                BundleStatus status = process.client().load(version, Duration.ofSeconds(waitSeconds));
                console.object(BundleStatusCommand.object(process.client().process(), process.gateway(), status));
                console.line(process.client().process() + ": " + version + " is current");
            }
        }
    }
}
