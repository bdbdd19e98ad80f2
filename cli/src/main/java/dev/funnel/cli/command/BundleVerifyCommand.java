package dev.funnel.cli.command;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleVerifier;
import dev.funnel.bundle.signature.TrustedKeys;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.Stopwatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies one version as a service does before it loads it. */
@Command(
        name = "verify",
        description =
                "Verifies a version of a bundle as a service does; ends with code 1 and the reason if it is refused.",
        mixinStandardHelpOptions = true)
public final class BundleVerifyCommand extends WorkingCommand {

    @Mixin
    private final BundleOptions bundles = new BundleOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "VERSION",
            defaultValue = "",
            description = "a version, or the folder of one; absent: the newest")
    private String version = "";

    @Option(
            names = "--trusted-key",
            paramLabel = "FILE",
            description =
                    "public key of which one must have signed it; may be repeated; absent: signatures are not asked for")
    private List<Path> trustedKeys = List.of();

    @Override
    void run(Console console) throws IOException, BundleRefusedException {
        Stopwatch watch = Stopwatch.start();
        TrustedKeys keys = TrustedKeys.read(trustedKeys);
        Path folder = bundles.folder(version);
        try {
            BundleVerifier.verify(folder, keys);
        } catch (BundleRefusedException e) {
            console.object(verdict(folder, watch.seconds(), e));
            throw e;
        }
        console.object(verdict(folder, watch.seconds(), null));
        console.line(folder + ": whole and fit to serve");
    }

    private static Map<String, Object> verdict(Path folder, double seconds, @Nullable BundleRefusedException refused) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", folder.toString());
        object.put("verified", refused == null);
        if (refused != null) {
            object.put("file", refused.file());
            object.put("reason", refused.reason());
        }
        object.put("seconds", seconds);
        return object;
    }
}
