package dev.funnel.cli.command;

import dev.funnel.cli.client.BundleAdminClient;
import dev.funnel.cli.client.FunnelProcesses;
import dev.funnel.cli.client.FunnelProcesses.Told;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import dev.funnel.proto.admin.v1.BundleStatus;
import dev.funnel.proto.admin.v1.ReplicaStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows which versions every process holds, and what a roll-out waits for. */
@Command(
        name = "status",
        description = "Shows which bundle versions each process holds, and which replica a roll-out waits for;"
                + " ends with code 1 if a process does not answer.",
        mixinStandardHelpOptions = true)
public final class BundleStatusCommand extends WorkingCommand {

    @Mixin
    private final ProcessOptions options = new ProcessOptions();

    @Override
    void run(Console console) throws IOException {
        TextTable table = new TextTable("process", "version", "state", "since", "leases", "loaded in s", "cause");
        List<String> remarks = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try (FunnelProcesses processes = options.open()) {
            for (BundleAdminClient client : processes.clients()) {
                try {
                    show(console, table, remarks, new Told(client, client.list()));
                } catch (IOException e) {
                    missing.add(String.valueOf(e.getMessage()));
                    console.object(Map.of("process", client.process(), "error", missing.getLast()));
                    table.row(client.process(), "", "no answer", "", "", "", missing.getLast());
                }
            }
        }
        table.lines().forEach(console::line);
        remarks.forEach(console::line);
        if (!missing.isEmpty()) {
            throw new IOException(missing.size() + " of the processes did not answer: " + String.join("; ", missing));
        }
    }

    private static void show(Console console, TextTable table, List<String> remarks, Told told) {
        String process = told.client().process();
        for (BundleStatus status : told.bundles().getBundlesList()) {
            Map<String, Object> object = object(process, told.gateway(), status);
            console.object(object);
            table.row(
                    process,
                    status.getBundle().getVersion(),
                    state(status),
                    since(status),
                    status.getLeases(),
                    status.hasLoadTime() ? "%.2f".formatted(seconds(status)) : "",
                    status.getCause());
        }
        if (told.bundles().getBundlesCount() == 0) {
            table.row(process, "", "holds none", "", "", "", "");
        }
        if (told.gateway()) {
            String pinned = told.bundles().getPinned().getVersion();
            remarks.add(process + ": requests run on " + (pinned.isEmpty() ? "no version yet" : pinned));
            told.bundles()
                    .getReplicasList()
                    .forEach(replica -> showReplica(console, remarks, process, pinned, replica));
        }
    }

    private static void showReplica(
            Console console, List<String> remarks, String process, String pinned, ReplicaStatus replica) {
        List<String> versions = replica.getBundlesList().stream()
                .map(bundle -> bundle.getVersion())
                .toList();
        String stage = word(replica.getStage().name(), "STAGE_");
        String state = word(replica.getState().name(), "REPLICA_STATE_");
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("process", process);
        object.put("pinned", pinned);
        object.put("stage", stage);
        object.put("replica", replica.getAddress());
        object.put("replica_state", state);
        object.put("versions", versions);
        object.put("holds_back", replica.getHoldsBack());
        object.put("cause", replica.getCause());
        console.object(object);
        if (replica.getHoldsBack()) {
            remarks.add("  waits for " + stage + " " + replica.getAddress() + ", which holds " + versions);
        } else if (!replica.getCause().isEmpty()) {
            remarks.add("  " + stage + " " + replica.getAddress() + " is " + state + ": " + replica.getCause());
        }
    }

    /** One version in one process, as JSON. */
    static Map<String, Object> object(String process, boolean gateway, BundleStatus status) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("process", process);
        object.put("role", gateway ? "gateway" : "stage");
        object.put("version", status.getBundle().getVersion());
        object.put("state", state(status));
        object.put("cause", status.getCause());
        object.put("since", since(status).toString());
        object.put("leases", status.getLeases());
        if (status.hasLoadTime()) {
            object.put("load_seconds", seconds(status));
        }
        return object;
    }

    private static String state(BundleStatus status) {
        return word(status.getState().name(), "BUNDLE_STATE_");
    }

    private static String word(String name, String prefix) {
        return (name.startsWith(prefix) ? name.substring(prefix.length()) : name)
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
    }

    private static Instant since(BundleStatus status) {
        return Instant.ofEpochSecond(
                status.getSince().getSeconds(), status.getSince().getNanos() / 1_000_000 * 1_000_000);
    }

    private static double seconds(BundleStatus status) {
        return status.getLoadTime().getSeconds() + status.getLoadTime().getNanos() / 1e9;
    }
}
