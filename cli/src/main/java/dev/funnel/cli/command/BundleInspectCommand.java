package dev.funnel.cli.command;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleSummary;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.cli.console.Console;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.RankerSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--measure",
            description =
                    "load the ranker as a ranking service would by default, and tell which engine runs it and why")
    private boolean measure;

    @Override
    void run(Console console) throws IOException, BundleRefusedException {
        try (Bundle bundle = Bundle.open(bundles.folder(version))) {
            BundleSummary summary = bundle.summary();
            Map<String, Object> object =
                    new ObjectMapper().convertValue(summary, new TypeReference<LinkedHashMap<String, Object>>() {});
            RankerEntry entry = bundle.manifest().ranker();
            String ranked = measure && entry != null ? measured(bundle, entry) : "";
            if (!ranked.isEmpty()) {
                object.put("ranked_by", ranked);
            }
            console.object(object);
            summary.text().lines().forEach(console::line);
            if (!ranked.isEmpty()) {
                console.line("ranked by " + ranked);
            }
        }
    }

    private static String measured(Bundle bundle, RankerEntry entry) throws BundleRefusedException {
        try (Ranker ranker = Ranker.load(bundle, entry, RankerSettings.DEFAULT)) {
            return ranker.description();
        }
    }
}
