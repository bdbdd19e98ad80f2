package dev.funnel.bundle.signature;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public keys whose owners may publish bundles. Without any, every bundle that is whole is taken. */
public final class TrustedKeys {
    /** Signatures are not asked for. */
    public static final TrustedKeys NOT_ASKED = new TrustedKeys(Map.of());

    private final Map<KeyId, PublicKey> keys;

    private TrustedKeys(Map<KeyId, PublicKey> keys) {
        this.keys = keys;
    }

    /**
     * The keys in {@code files}, one a file. No files are {@link #NOT_ASKED}: who reads their names from a configuration refuses a list
     * that is given and empty.
     *
     * @throws IOException naming the file that holds no Ed25519 key
     */
    public static TrustedKeys read(List<Path> files) throws IOException {
        Map<KeyId, PublicKey> keys = new LinkedHashMap<>();
        for (Path file : files) {
            PublicKey key = publicKey(file);
            keys.put(KeyId.of(key), key);
        }
        return keys.isEmpty() ? NOT_ASKED : new TrustedKeys(keys);
    }

    /** Whether signatures are asked for. */
    public boolean asked() {
        return !keys.isEmpty();
    }

    /**
     * Decides whether one of these keys vouches for {@code manifest}; nothing but the signatures' own lines is read of either.
     *
     * @param signatures the bytes of {@code manifest.json.sig}; null: there is none
     * @return what is wrong, in one sentence; null if a key vouches for it
     */
    public @Nullable String objection(byte[] manifest, byte @Nullable [] signatures) {
        if (!asked()) {
            return null;
        }
        if (signatures == null) {
            return "is missing: only bundles signed with one of the keys " + keys.keySet() + " are taken";
        }
        try {
            return objection(manifest, ManifestSignature.parse(signatures));
        } catch (IllegalArgumentException e) {
            return "cannot be read: " + e.getMessage();
        }
    }

    private @Nullable String objection(byte[] manifest, List<ManifestSignature> signatures) {
        KeyId wrong = null;
        for (ManifestSignature signature : signatures) {
            PublicKey key = keys.get(signature.key());
            if (key != null) {
                if (fits(key, manifest, signature.bytes())) {
                    return null;
                }
                wrong = signature.key();
            }
        }
        if (wrong != null) {
            return "its signature with key " + wrong + " is not of this manifest";
        }
        return "is signed with the keys "
                + signatures.stream().map(ManifestSignature::key).toList() + ", none of which is one of "
                + keys.keySet();
    }

    static PublicKey publicKey(Path file) throws IOException {
        byte[] encoded = Pem.read(file, Pem.PUBLIC);
        try {
            return KeyFactory.getInstance(SigningKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": its public key is no " + SigningKey.ALGORITHM + " key in X.509", e);
        }
    }

    static boolean fits(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(SigningKey.ALGORITHM);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException e) {
            return false; // not even a signature
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + SigningKey.ALGORITHM, e);
        }
    }
}
