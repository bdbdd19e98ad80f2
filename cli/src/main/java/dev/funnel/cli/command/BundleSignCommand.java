package dev.funnel.cli.command;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleSigning;
import dev.funnel.bundle.signature.KeyId;
import dev.funnel.bundle.signature.SigningKey;
import dev.funnel.cli.console.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Vouches for a version that is published already. */
@Command(
        name = "sign",
        description = "Verifies a version of a bundle and signs its manifest; signatures of other keys stay.",
        mixinStandardHelpOptions = true)
public final class BundleSignCommand extends WorkingCommand {

    @Mixin
    private final BundleOptions bundles = new BundleOptions();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "signing key, as bundle keygen makes it")
    private Path key = Path.of("");

    @Parameters(
            arity = "0..1",
            paramLabel = "VERSION",
            defaultValue = "",
            description = "a version, or the folder of one; absent: the newest")
    private String version = "";

    @Override
    void run(Console console) throws IOException, BundleRefusedException {
        SigningKey signer = SigningKey.read(key);
        Path folder = bundles.folder(version);
        List<String> signed =
                BundleSigning.sign(folder, signer).stream().map(KeyId::value).toList();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", folder.toString());
        object.put("signed_with", signed);
        console.object(object);
        console.line(folder + ": signed with " + String.join(", ", signed));
    }
}
