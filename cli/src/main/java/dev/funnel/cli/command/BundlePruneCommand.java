package dev.funnel.cli.command;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.cli.client.FunnelProcesses;
import dev.funnel.cli.client.FunnelProcesses.Told;
import dev.funnel.cli.console.Console;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes old versions that no process needs. */
@Command(
        name = "prune",
        description =
                "Removes all but the newest versions of a bundle, and never one that a process holds or loads. Every process is"
                        + " asked; if one does not answer, nothing is removed.",
        mixinStandardHelpOptions = true)
public final class BundlePruneCommand extends WorkingCommand {

    @Mixin
    private final BundleOptions bundles = new BundleOptions();

    @Mixin
    private final ProcessOptions processes = new ProcessOptions();

    @Option(
            names = "--keep",
            paramLabel = "N",
            required = true,
            description =
                    "how many of the newest versions stay in any case, at least 2: the current and the previous one")
    private int keep;

    @Option(names = "--offline", description = "ask no process: for a folder that nobody serves from")
    private boolean offline;

    @Override
    void run(Console console) throws IOException {
        Options.between("--keep", keep, 2, 1_000_000);
        BundleStore store = bundles.store();
        for (BundleVersion version : store.prune(keep, needed())) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("bundle", store.name());
            object.put("removed", version.value());
            console.object(object);
            console.line("removed " + version);
        }
    }

    private Set<BundleVersion> needed() throws IOException {
        Set<BundleVersion> needed = new HashSet<>();
        if (!offline) {
            try (FunnelProcesses asked = processes.open()) {
                for (Told told : asked.askAll()) {
                    told.needed().map(BundleVersion::new).forEach(needed::add);
                }
            }
        }
        return needed;
    }
}
