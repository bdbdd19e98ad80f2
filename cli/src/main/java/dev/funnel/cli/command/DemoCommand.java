package dev.funnel.cli.command;

import dev.funnel.cli.console.Console;
import dev.funnel.cli.demo.Demo;
import dev.funnel.cli.demo.DemoFolder;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole funnel on one machine. */
@Command(
        name = "demo",
        description =
                "Simulates a video site, trains on its logs, starts the services, shows a slate with the reason for each item,"
                        + " and serves until interrupted.",
        mixinStandardHelpOptions = true)
public final class DemoCommand extends WorkingCommand {

    @Mixin
    private final WorldOptions world = new WorldOptions();

    @Option(names = "--once", description = "end after the first slate")
    private boolean once;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "demo-world",
            description = "folder for the logs, bundles and the services' logs (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("");

    @Override
    void run(Console console) throws Exception {
        new Demo(new DemoFolder(out), world.settings(), console).run(once);
    }
}
