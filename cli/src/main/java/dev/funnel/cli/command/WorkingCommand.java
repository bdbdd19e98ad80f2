package dev.funnel.cli.command;

import dev.funnel.cli.console.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that works: it gets a console, and ends with code 0 unless it throws. */
abstract class WorkingCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    /** Does the work. */
    abstract void run(Console console) throws Exception;

    @Override
    public final Integer call() throws Exception {
        try (Console console = output.console()) {
            run(console);
        }
        return 0;
    }
}
