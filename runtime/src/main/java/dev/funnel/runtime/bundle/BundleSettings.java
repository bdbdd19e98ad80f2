package dev.funnel.runtime.bundle;

import dev.funnel.bundle.signature.TrustedKeys;
import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.config.Rule;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a process finds its bundle: the {@code bundles} section of every service's configuration.
 *
 * @param root folder of all bundles
 * @param name the bundle served: versions lie in {@code <root>/<name>/<version>/}
 * @param poll how often the folder is looked at for new versions
 * @param verifyRate bytes a second at most that are read to verify a new version while another is served, 1KiB to 1TiB; the first
 *     version is verified as fast as the machine can
 * @param trustedKeys files of the public keys of which one must have signed a bundle; absent: signatures are not asked for,
 *     which an empty list does not say
 */
public record BundleSettings(
        @Default("./bundles") Path root,
        @Default("demo") String name,
        @Default("2s") Duration poll,
        @Default("256MiB") ByteSize verifyRate,
        @Nullable List<Path> trustedKeys) {
    public BundleSettings {
        Rule.notBlank("name", name);
        Rule.between("poll", poll, Duration.ofMillis(10), Duration.ofHours(1));
        Rule.between("verify_rate", verifyRate, new ByteSize(1 << 10), new ByteSize(1L << 40));
        Rule.holds(
                trustedKeys == null || !trustedKeys.isEmpty(),
                "trusted_keys",
                "[]",
                "must name a public key; without the key trusted_keys, signatures are not asked for");
    }

    /** Of a folder whose bundles need no signature, at the usual rate. */
    public BundleSettings(Path root, String name, Duration poll) {
        this(root, name, poll, new ByteSize(256 << 20), null);
    }

    /**
     * Reads the keys.
     *
     * @throws InvalidConfiguration if a file holds no public key, naming it
     */
    TrustedKeys readTrustedKeys() {
        try {
            return trustedKeys == null ? TrustedKeys.NOT_ASKED : TrustedKeys.read(trustedKeys);
        } catch (NoSuchFileException e) {
            throw new InvalidConfiguration("bundles.trusted_keys: " + e.getFile() + ": no such file");
        } catch (IOException e) {
            throw new InvalidConfiguration("bundles.trusted_keys: " + e.getMessage());
        }
    }
}
