package dev.funnel.cli;

import dev.funnel.cli.command.BenchCommand;
import dev.funnel.cli.command.BundleCommand;
import dev.funnel.cli.command.DemoCommand;
import dev.funnel.cli.command.EvaluateCommand;
import dev.funnel.cli.command.ExplainCommand;
import dev.funnel.cli.command.GenerateCommand;
import dev.funnel.cli.command.ItemsCommand;
import dev.funnel.cli.command.RecommendCommand;
import dev.funnel.cli.command.ServeCommand;
import dev.funnel.cli.command.TrainCommand;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The {@code funnel} command. Ends with code 0, 1 if it failed, 2 if it was asked wrongly, 130 if it was interrupted. */
@Command(
        name = "funnel",
        description = "Staged recommendations over gRPC: candidates, ranking, re-ranking, behind one gateway.",
        mixinStandardHelpOptions = true,
        version = "funnel 0.1.0",
        subcommands = {
            DemoCommand.class,
            GenerateCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            BundleCommand.class,
            ItemsCommand.class,
            ServeCommand.class,
            RecommendCommand.class,
            ExplainCommand.class
        })
public final class Funnel implements Runnable {

    private static final int USAGE = 2;
    private static final String LOGGING = "logback.configurationFile";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    public static void main(String[] args) {
        if (System.getProperty(LOGGING) == null && !List.of(args).contains("serve")) { // services log as they do alone
            System.setProperty(LOGGING, "dev/funnel/cli/logging.xml");
        }
        Interruption interruption = Interruption.install();
        int code = commandLine().execute(args);
        interruption.unwound();
        System.exit(code);
    }

    /** The parser with all commands; its {@code execute} never throws. */
    public static CommandLine commandLine() {
        return new CommandLine(new Funnel())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Funnel::refuse)
                .setExecutionExceptionHandler(Funnel::fail);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which command: see funnel --help");
    }

    private static int refuse(ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("funnel: " + e.getMessage());
        err.println("funnel: see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    private static int fail(Exception failure, CommandLine command, ParseResult parsed) {
        CommandFailure told = CommandFailure.of(failure);
        command.getErr().println("funnel: " + told.line());
        if (isVerbose(parsed)) {
            failure.printStackTrace(command.getErr());
        }
        return told.exitCode();
    }

    /** True if the option was given to the innermost command. */
    private static boolean isVerbose(ParseResult parsed) {
        return parsed.hasSubcommand() ? isVerbose(parsed.subcommand()) : parsed.hasMatchedOption("--verbose");
    }
}
