package dev.funnel.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures speed: ours and its peers, or its limit, in one run. */
@Command(
        name = "bench",
        description = "Measures speed, always beside a peer or a limit measured in the same run.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchRetrievalCommand.class,
            BenchCandidatesCommand.class,
            BenchUpsertsCommand.class,
            BenchRankingCommand.class,
            BenchRerankCommand.class,
            BenchServeCommand.class
        })
public final class BenchCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say which: bench " + String.join(", ", spec.subcommands().keySet()));
    }
}
