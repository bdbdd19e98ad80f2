package dev.funnel.bundle.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** An Ed25519 key that vouches for bundles. Its file holds the private key and, so that its id is known, the public one. */
public final class SigningKey {
    static final String ALGORITHM = "Ed25519";

    private static final byte[] PROBE = "is this a pair?".getBytes(StandardCharsets.US_ASCII);

    private final KeyId id;
    private final PrivateKey secret;

    private SigningKey(KeyId id, PrivateKey secret) {
        this.id = id;
        this.secret = secret;
    }

    /**
     * Makes a pair: {@code secret} for whoever publishes, readable by its owner only, and {@code open} for the configuration of
     * services.
     *
     * @throws java.nio.file.FileAlreadyExistsException if either file exists
     */
    public static SigningKey generate(Path secret, Path open) throws IOException {
        KeyPair pair;
        try {
            pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
        String publicBlock = Pem.block(Pem.PUBLIC, pair.getPublic().getEncoded());
        Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, Pem.block(Pem.PRIVATE, pair.getPrivate().getEncoded()) + publicBlock);
        Files.writeString(open, publicBlock, StandardOpenOption.CREATE_NEW);
        return new SigningKey(KeyId.of(pair.getPublic()), pair.getPrivate());
    }

    /** The key in {@code file}; refused naming the file if it is not a pair of Ed25519 keys. */
    public static SigningKey read(Path file) throws IOException {
        PublicKey open = TrustedKeys.publicKey(file);
        try {
            PrivateKey secret = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(Pem.read(file, Pem.PRIVATE)));
            SigningKey key = new SigningKey(KeyId.of(open), secret);
            if (!TrustedKeys.fits(open, PROBE, key.sign(PROBE).bytes())) {
                throw new IOException(file + ": its private and its public key are no pair");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": its private key is no " + ALGORITHM + " key in PKCS #8", e);
        }
    }

    public KeyId id() {
        return id;
    }

    /** Vouches for {@code manifest}, the bytes of a {@code manifest.json}. */
    public ManifestSignature sign(byte[] manifest) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(manifest);
            return new ManifestSignature(id, signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with key " + id + " failed", e);
        }
    }

    @Override
    public String toString() {
        return "signing key " + id;
    }
}
