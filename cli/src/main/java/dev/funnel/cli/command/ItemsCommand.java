package dev.funnel.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Changes the catalogue between bundles. */
@Command(
        name = "items",
        description = "Adds, changes and removes items between bundles, and shows the log of such changes.",
        mixinStandardHelpOptions = true,
        subcommands = {ItemsUpsertCommand.class, ItemsRemoveCommand.class, ItemsTailCommand.class})
public final class ItemsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which: items upsert, remove or tail");
    }
}
