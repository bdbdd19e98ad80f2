package dev.funnel.cli.command;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleSummary;
import dev.funnel.cli.console.Console;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Verifies one version and shows what is in it. */
@Command(name = "inspect", description = "Shows what is in a version of a bundle.", mixinStandardHelpOptions = true)
public final class BundleInspectCommand extends WorkingCommand {

    @Mixin
    private final BundleOptions bundles = new BundleOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "VERSION",
            defaultValue = "",
            description = "a version, or the folder of one; absent: the newest")
    private String version = "";

    @Override
    void run(Console console) throws IOException, BundleRefusedException {
        try (Bundle bundle = Bundle.open(bundles.folder(version))) {
            BundleSummary summary = bundle.summary();
            console.object(new ObjectMapper().convertValue(summary, new TypeReference<Map<String, Object>>() {}));
            summary.text().lines().forEach(console::line);
        }
    }
}
