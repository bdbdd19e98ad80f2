package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.signature.ManifestSignature;
import dev.funnel.bundle.signature.SigningKey;
import dev.funnel.bundle.signature.TrustedKeys;
import dev.funnel.bundle.testing.SmallBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedBundleTest {
    private static final String SIGNATURES = "manifest.json.sig";

    @TempDir
    private Path root;

    private SigningKey ours;
    private SigningKey next;

    @BeforeEach
    void makeKeys() throws IOException {
        ours = SigningKey.generate(root.resolve("ours.key"), root.resolve("ours.pub"));
        next = SigningKey.generate(root.resolve("next.key"), root.resolve("next.pub"));
    }

    private TrustedKeys trusted(String... names) throws IOException {
        return TrustedKeys.read(
                List.of(names).stream().map(name -> root.resolve(name + ".pub")).toList());
    }

    private Path publish(SigningKey... signers) throws Exception {
        BundleStore store = new BundleStore(root, SmallBundle.NAME).signing(List.of(signers));
        try (BundleStore.Draft draft = store.draft()) {
            return store.path(draft.publish(SmallBundle.fill(draft, SmallBundle.SEED)));
        }
    }

    private static String refused(Path directory, TrustedKeys keys) {
        BundleRefusedException refused = assertThrows(
                BundleRefusedException.class, () -> Bundle.open(directory, keys).close());
        assertEquals(SIGNATURES, refused.file(), refused::getMessage);
        return refused.reason();
    }

    @Test
    void a_bundle_signed_before_it_appears_is_taken_by_those_who_trust_the_key() throws Exception {
        Path bundle = publish(ours);
        assertEquals(
                bundle.getFileName().toString(),
                BundleVerifier.verify(bundle, trusted("ours")).version().value());
        BundleVerifier.verify(bundle); // who asks for no signature takes it too
    }

    @Test
    void an_unsigned_bundle_is_refused_naming_the_keys_trusted() throws Exception {
        String reason = refused(publish(), trusted("ours"));
        assertTrue(reason.contains("is missing") && reason.contains(ours.id().value()), reason);
    }

    @Test
    void a_bundle_signed_with_an_unknown_key_is_refused_naming_both() throws Exception {
        String reason = refused(publish(next), trusted("ours"));
        assertTrue(
                reason.contains(next.id().value()) && reason.contains(ours.id().value()), reason);
    }

    @Test
    void a_manifest_changed_after_signing_is_refused_before_it_is_parsed() throws Exception {
        Path bundle = publish(ours);
        Files.writeString(bundle.resolve("manifest.json"), "{ this is no JSON");
        assertTrue(refused(bundle, trusted("ours")).contains("is not of this manifest"));
    }

    @Test
    void a_signature_moved_from_another_bundle_is_refused() throws Exception {
        Path first = publish(ours);
        Path second = publish();
        Files.copy(first.resolve(SIGNATURES), second.resolve(SIGNATURES));
        assertTrue(refused(second, trusted("ours")).contains("is not of this manifest"));
    }

    @Test
    void a_signature_under_the_name_of_a_trusted_key_is_refused() throws Exception {
        Path bundle = publish(next);
        Path file = bundle.resolve(SIGNATURES);
        Files.writeString(
                file,
                Files.readString(file).replace(next.id().value(), ours.id().value()));
        assertTrue(refused(bundle, trusted("ours")).contains("is not of this manifest"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rsa 0123456789abcdef AAAA", "ed25519 0123456789abcdef AAAA", "ed25519", "\u0000\u0001", "\n"})
    void what_is_no_signature_is_refused(String line) throws Exception {
        Path bundle = publish(ours);
        Files.write(bundle.resolve(SIGNATURES), line.getBytes(StandardCharsets.US_ASCII));
        assertTrue(refused(bundle, trusted("ours")).contains("line 1 is not"));
    }

    @Test
    void an_oversized_file_of_signatures_is_refused_unread() throws Exception {
        Path bundle = publish(ours);
        Files.write(bundle.resolve(SIGNATURES), new byte[ManifestSignature.MAX_BYTES + 1]);
        assertEquals("has 4097 bytes, at most 4096 are allowed", refused(bundle, trusted("ours")));
    }

    @Test
    void keys_are_rotated_without_a_bundle_that_someone_refuses() throws Exception {
        Path both = publish(ours, next);
        for (String[] services : new String[][] {{"ours"}, {"ours", "next"}, {"next"}}) {
            BundleVerifier.verify(both, trusted(services));
        }
        Path onlyNext = publish(next);
        BundleVerifier.verify(onlyNext, trusted("ours", "next"));
        refused(onlyNext, trusted("ours"));
    }

    @Test
    void a_published_bundle_is_signed_later_and_keeps_the_signatures_of_others() throws Exception {
        Path bundle = publish(ours);
        assertEquals(List.of(ours.id(), next.id()), BundleSigning.sign(bundle, next));
        assertEquals(List.of(next.id(), ours.id()), BundleSigning.sign(bundle, ours));
        BundleVerifier.verify(bundle, trusted("next"));
        BundleVerifier.verify(bundle, trusted("ours"));
        try (var files = Files.list(bundle.getParent())) {
            assertEquals(
                    Set.of(bundle.getFileName().toString(), ".publish-lock"),
                    Set.copyOf(files.map(file -> file.getFileName().toString()).toList()));
        }
    }

    @Test
    void a_damaged_bundle_is_not_vouched_for() throws Exception {
        Path bundle = publish();
        Files.write(bundle.resolve("extra.json"), new byte[] {'{', '}'});
        assertThrows(BundleRefusedException.class, () -> BundleSigning.sign(bundle, ours));
        assertTrue(Files.notExists(bundle.resolve(SIGNATURES)));
    }

    @Test
    void a_secret_key_is_read_again_is_its_owners_only_and_is_never_overwritten() throws Exception {
        assertEquals(ours.id(), SigningKey.read(root.resolve("ours.key")).id());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("ours.key"))));
        Path key = root.resolve("ours.key");
        Path free = root.resolve("free.pub");
        assertThrows(FileAlreadyExistsException.class, () -> SigningKey.generate(key, free));
        assertTrue(Files.notExists(free));
        assertEquals(ours.id(), SigningKey.read(key).id());
    }

    @Test
    void files_that_hold_no_key_or_no_pair_are_refused_by_name() throws Exception {
        Path file = root.resolve("mixed.key");
        String secret = Files.readString(root.resolve("ours.key")).replaceAll("(?s)-----BEGIN PUBLIC.*", "");
        Files.writeString(file, secret);
        assertTrue(message(() -> SigningKey.read(file)).contains("has no block \"PUBLIC KEY\""));
        Files.writeString(file, secret + Files.readString(root.resolve("next.pub")));
        assertTrue(message(() -> SigningKey.read(file)).contains("are no pair"));
        Files.writeString(file, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
        assertTrue(message(() -> TrustedKeys.read(List.of(file))).contains(file + ": its public key is no Ed25519"));
        Files.write(file, new byte[(16 << 10) + 1]);
        assertTrue(message(() -> TrustedKeys.read(List.of(file))).contains("too many for a key"));
    }

    private static String message(org.junit.jupiter.api.function.Executable work) {
        return String.valueOf(assertThrows(IOException.class, work).getMessage());
    }
}
