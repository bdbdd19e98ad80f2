package dev.funnel.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at model bundles, and changes which are served. */
@Command(
        name = "bundle",
        description = "Lists, shows, verifies and signs model bundles, and rolls them out and back.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BundleListCommand.class,
            BundleInspectCommand.class,
            BundleVerifyCommand.class,
            BundleKeygenCommand.class,
            BundleSignCommand.class,
            BundleStatusCommand.class,
            BundleLoadCommand.class,
            BundleRollbackCommand.class,
            BundlePruneCommand.class
        })
public final class BundleCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which: see funnel bundle --help");
    }
}
