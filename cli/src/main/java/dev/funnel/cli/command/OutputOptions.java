package dev.funnel.cli.command;

import dev.funnel.cli.console.Console;
import picocli.CommandLine.Option;

/** The options that say how a command writes. */
final class OutputOptions {

    @Option(names = "--json", description = "write JSON, one object per line, and nothing else on standard output")
    private boolean json;

    @Option(names = "--verbose", description = "with an error, print where in the code it happened")
    private boolean verbose;

    boolean json() {
        return json;
    }

    Console console() {
        return new Console(System.out, System.err, json, Boolean.getBoolean("funnel.terminal"));
    }
}
