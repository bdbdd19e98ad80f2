package dev.funnel.cli.command;

import dev.funnel.bundle.signature.SigningKey;
import dev.funnel.cli.console.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a pair of keys. */
@Command(
        name = "keygen",
        description =
                "Makes a pair of Ed25519 keys: FILE signs bundles, FILE.pub is what services are configured to trust.",
        mixinStandardHelpOptions = true)
public final class BundleKeygenCommand extends WorkingCommand {

    @Parameters(paramLabel = "FILE", description = "where the signing key goes; must not exist")
    private Path file = Path.of("");

    @Override
    void run(Console console) throws IOException {
        Path open = Path.of(file + ".pub");
        SigningKey key = SigningKey.generate(file, open);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("key", key.id().value());
        object.put("signing_key", file.toString());
        object.put("public_key", open.toString());
        console.object(object);
        console.line("key " + key.id() + ": keep " + file + " secret, and name " + open + " in bundles.trusted_keys");
    }
}
