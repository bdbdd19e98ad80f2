package dev.funnel.bundle;

import dev.funnel.bundle.signature.KeyId;
import dev.funnel.bundle.signature.ManifestSignature;
import dev.funnel.bundle.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Vouches for versions that are published already. */
public final class BundleSigning {
    private BundleSigning() {}

    /**
     * Adds the signature of {@code key} to the bundle in {@code directory}, after the bundle was verified; an older signature of the same key
     * is replaced, those of other keys stay. The file of signatures is written beside the bundle and renamed into it, so that no
     * service ever sees half of it.
     *
     * @return the keys that have signed it now
     */
    public static List<KeyId> sign(Path directory, SigningKey key) throws IOException, BundleRefusedException {
        BundleVerifier.verify(directory);
        Map<String, Long> found = BundleDirectory.list(directory);
        List<ManifestSignature> signatures = new ArrayList<>(present(directory, found));
        signatures.removeIf(signature -> signature.key().equals(key.id()));
        signatures.add(key.sign(BundleDirectory.readManifest(directory, found)));
        if (signatures.size() > ManifestSignature.MOST) {
            throw new BundleRefusedException(
                    ManifestSignature.FILE, "holds " + ManifestSignature.MOST + " signatures already");
        }
        Path beside = Files.createTempFile(directory.toAbsolutePath().getParent(), ".signing-", "");
        try {
            Durable.write(beside, ManifestSignature.file(signatures));
            Durable.rename(beside, directory.resolve(ManifestSignature.FILE));
        } finally {
            Files.deleteIfExists(beside);
        }
        return signatures.stream().map(ManifestSignature::key).toList();
    }

    private static List<ManifestSignature> present(Path directory, Map<String, Long> found)
            throws BundleRefusedException {
        byte[] file = BundleDirectory.readSignatures(directory, found);
        try {
            return file == null ? List.of() : ManifestSignature.parse(file);
        } catch (IllegalArgumentException e) {
            throw new BundleRefusedException(ManifestSignature.FILE, String.valueOf(e.getMessage()), e);
        }
    }
}
