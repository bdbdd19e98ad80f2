package dev.funnel.cli.command;

import dev.funnel.cli.client.FunnelProcesses;
import dev.funnel.cli.client.FunnelProcesses.Told;
import dev.funnel.cli.console.Console;
import dev.funnel.proto.admin.v1.BundleState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Goes back to the version before, everywhere: gateways first, so that requests leave the newer version at once. */
@Command(
        name = "rollback",
        description =
                "Makes the previous version current again in all processes, gateways before stages. Nothing is loaded. Where"
                        + " processes disagree about the version before, say which with --to; then it may be repeated.",
        mixinStandardHelpOptions = true)
public final class BundleRollbackCommand extends WorkingCommand {

    @Mixin
    private final ProcessOptions options = new ProcessOptions();

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            defaultValue = "",
            description = "the version to go back to; absent: the previous one of all processes")
    private String to = "";

    @Override
    void run(Console console) throws IOException {
        try (FunnelProcesses processes = options.open()) {
            List<Told> gatewaysFirst = processes.askAll().reversed();
            String target = to.isEmpty() ? commonPrevious(gatewaysFirst) : to;
            for (Told process : gatewaysFirst) {
                requireHeld(process, target);
            }
            for (Told process : gatewaysFirst) {
                rollBack(console, process, target);
            }
        }
    }

    private static String commonPrevious(List<Told> processes) throws IOException {
        List<String> previous = processes.stream()
                .map(process ->
                        process.version(BundleState.BUNDLE_STATE_PREVIOUS).orElse("none"))
                .distinct()
                .toList();
        if (previous.size() != 1 || previous.contains("none")) {
            throw new IOException("the processes do not hold the same previous version, but "
                    + String.join(", ", previous) + "; nothing was changed: see bundle status, and say --to VERSION");
        }
        return previous.getFirst();
    }

    private static void requireHeld(Told process, String target) throws IOException {
        if (!isCurrent(process, target)
                && !process.version(BundleState.BUNDLE_STATE_PREVIOUS)
                        .orElse("")
                        .equals(target)) {
            throw new IOException(
                    process.client().process() + ": holds " + process.needed().toList() + ", not " + target
                            + "; nothing was changed: use bundle load --version " + target);
        }
    }

    private static void rollBack(Console console, Told process, String target) throws IOException {
        String name = process.client().process();
        boolean already = isCurrent(process, target);
        if (!already) {
            String current = process.client().rollBack().getBundle().getVersion();
            if (!current.equals(target)) {
                throw new IOException(name + ": is at " + current + " now, not at " + target + "; see bundle status");
            }
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("process", name);
        object.put("role", process.gateway() ? "gateway" : "stage");
        object.put("version", target);
        object.put("changed", !already);
        console.object(object);
        console.line(name + ": " + target + (already ? " was current already" : " is current again"));
    }

    private static boolean isCurrent(Told process, String version) {
        return process.version(BundleState.BUNDLE_STATE_CURRENT).orElse("").equals(version);
    }
}
