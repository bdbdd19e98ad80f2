package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleVerifierTest {
    private static final String ALS = "generators/als.safetensors";

    @TempDir
    Path root;

    private ForgedBundle bundle;

    @BeforeEach
    void publish() throws Exception {
        bundle = ForgedBundle.under(root);
    }

    @Test
    void an_undamaged_bundle_is_accepted_also_after_signing_it_again() throws Exception {
        BundleVerifier.verify(bundle.sign(ALS).directory());
    }

    @Test
    void a_truncated_file_is_refused_naming_the_file_and_both_sizes() throws Exception {
        bundle.edit(ALS, bytes -> Arrays.copyOf(bytes, bytes.length - 4));
        refused(ALS, "has 3068 bytes, the manifest says 3072");
    }

    @Test
    void a_flipped_bit_is_refused_naming_the_file() throws Exception {
        bundle.edit("users.safetensors", bytes -> flip(bytes, bytes.length - 1));
        refused("users.safetensors", "another SHA-256");
    }

    @Test
    void a_flipped_bit_in_the_manifest_is_refused() throws Exception {
        bundle.edit("manifest.json", bytes -> flip(bytes, bytes.length / 2));
        refused("manifest.json", "SHA-256 does not start with");
    }

    @Test
    void a_directory_that_is_not_named_like_a_version_is_refused() throws Exception {
        Path renamed = Files.move(bundle.directory(), root.resolve("newest"));
        BundleRefusedException refused = assertThrows(BundleRefusedException.class, () -> Bundle.open(renamed));
        assertEquals(".", refused.file());
        assertTrue(refused.reason().contains("'newest'"), refused::reason);
    }

    @Test
    void a_bundle_that_pretends_to_be_newer_is_refused() throws Exception {
        String name = String.valueOf(bundle.directory().getFileName());
        Path renamed = Files.move(bundle.directory(), root.resolve("2" + "1" + name.substring(2)));
        BundleRefusedException refused = assertThrows(BundleRefusedException.class, () -> Bundle.open(renamed));
        assertTrue(refused.reason().contains("was published '20260131000000000'"), refused::reason);
    }

    @Test
    void a_bundle_that_is_not_there_is_refused() {
        Path absent = root.resolve("20260131000000000-0123456789ab");
        BundleRefusedException refused = assertThrows(BundleRefusedException.class, () -> Bundle.open(absent));
        assertTrue(refused.reason().contains("there is no directory"), refused::reason);
    }

    @Test
    void a_missing_file_is_refused() throws Exception {
        Files.delete(bundle.file(ALS));
        refused(ALS, "listed in the manifest and missing");
    }

    @Test
    void a_missing_manifest_is_refused() throws Exception {
        Files.delete(bundle.file("manifest.json"));
        refused("manifest.json", "is missing");
    }

    @Test
    void an_unlisted_file_is_refused() throws Exception {
        bundle.write("generators/extra.bin", new byte[] {1});
        refused("generators/extra.bin", "not listed");
    }

    @Test
    void a_symbolic_link_is_refused_though_it_leads_to_the_right_bytes() throws Exception {
        Path outside = Files.move(bundle.file(ALS), root.resolve("als.safetensors"));
        Files.createSymbolicLink(bundle.file(ALS), outside);
        refused(ALS, "symbolic link");
    }

    @Test
    void a_directory_that_is_a_symbolic_link_is_refused() throws Exception {
        Path outside = Files.move(bundle.file("generators"), root.resolve("generators"));
        Files.createSymbolicLink(bundle.file("generators"), outside);
        refused("generators", "symbolic link");
    }

    @Test
    void a_pipe_is_refused_without_waiting_for_it() throws Exception {
        Files.delete(bundle.file(ALS));
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", bundle.file(ALS).toString())
                        .start()
                        .waitFor());
        refused(ALS, "neither a file nor a directory");
    }

    @Test
    void deep_directories_are_refused() throws Exception {
        Files.createDirectories(bundle.file("a/b/c/d/e/f/g/h/i/j"));
        refused("a/b/c/d/e/f/g/h", "nested deeper than 8");
    }

    @Test
    void an_oversized_manifest_is_refused_unread() throws Exception {
        byte[] json = bundle.read("manifest.json");
        byte[] padded = Arrays.copyOf(json, (8 << 20) + 1);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        bundle.writeManifest(padded);
        refused("manifest.json", "at most 8388608");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside.safetensors",
                "/etc/passwd.json",
                "generators/../../outside.safetensors",
                "generators//als.safetensors",
                "generators\\\\als.safetensors",
                "./als.safetensors",
                ".hidden.json",
                "C:/als.safetensors",
                "als.safetensors/",
                "als\\0.safetensors",
                "a/b/c/d/e/f/g/h/i.json",
                ""
            })
    void a_path_that_could_escape_is_refused(String path) throws Exception {
        edit(manifest -> ForgedBundle.entry(manifest, ALS).put("path", path.translateEscapes()));
        refused("manifest.json", "not a safe relative path");
    }

    @Test
    void a_file_of_another_format_is_refused() throws Exception {
        edit(manifest -> ForgedBundle.entry(manifest, ALS).put("path", "generators/als.ser"));
        refused("manifest.json", "does not end in one of");
    }

    @Test
    void a_file_listed_twice_is_refused() throws Exception {
        edit(manifest -> ((ArrayNode) manifest.path("files")).add(ForgedBundle.entry(manifest, ALS)));
        refused("manifest.json", "listed twice");
    }

    @Test
    void another_format_is_refused_naming_it() throws Exception {
        edit(manifest -> manifest.put("format", 2));
        refused("manifest.json", "has format 2, this program reads 1");
    }

    @Test
    void an_unknown_key_is_passed_over() throws Exception {
        edit(manifest -> manifest.put("from_the_future", true));
        BundleVerifier.verify(bundle.directory());
    }

    @Test
    void a_wrong_manifest_value_is_refused_naming_its_place() throws Exception {
        edit(manifest -> ((ObjectNode) manifest.path("generators").path(1)).put("default_limit", 0));
        refused("manifest.json", "generators[1]: default limit of generator covisit is 0");
    }

    @Test
    void a_generator_without_its_file_is_refused() throws Exception {
        edit(manifest -> ((ObjectNode) manifest.path("generators").path(0)).put("file", "generators/gone.safetensors"));
        refused("manifest.json", "generators/gone.safetensors is needed and not listed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "null", "[]", "{}", "{\"format\":1}{}", "{\"format\":1,\"format\":1}", "\"NaN\""})
    void a_manifest_that_is_none_is_refused(String json) throws Exception {
        bundle.writeManifest(json.getBytes(StandardCharsets.UTF_8));
        refused("manifest.json", "");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void a_float_that_is_not_finite_is_refused_naming_its_place(float value) throws Exception {
        int at = bundle.read(ALS).length - 8;
        bundle.edit(ALS, bytes -> putFloat(bytes, at, value)).sign(ALS);
        refused(ALS, "the float at byte " + at + " is not finite");
    }

    @Test
    void the_largest_float_is_finite() throws Exception {
        bundle.edit(ALS, bytes -> putFloat(bytes, bytes.length - 4, -Float.MAX_VALUE))
                .sign(ALS);
        BundleVerifier.verify(bundle.directory());
    }

    @Test
    void a_shape_other_than_the_manifests_is_refused() throws Exception {
        edit(manifest -> ((ObjectNode)
                        ForgedBundle.entry(manifest, ALS).path("tensors").path(1))
                .putArray("shape")
                .add(8)
                .add(60));
        refused(ALS, "tensor 1 is 'TensorSpec[name=item_factors, dtype=F32, shape=[60, 8]]'");
    }

    @Test
    void a_type_other_than_the_manifests_is_refused() throws Exception {
        edit(manifest ->
                ((ObjectNode) ForgedBundle.entry(manifest, ALS).path("tensors").path(1)).put("dtype", "I32"));
        refused(ALS, "the manifest says 'TensorSpec[name=item_factors, dtype=I32");
    }

    @Test
    void more_tensors_than_the_file_has_room_for_are_refused() throws Exception {
        edit(manifest -> ((ObjectNode)
                        ForgedBundle.entry(manifest, ALS).path("tensors").path(0))
                .putArray("shape")
                .add(Long.MAX_VALUE / 4));
        refused(ALS, "cannot fill its 3072 bytes");
    }

    private void edit(Consumer<ObjectNode> edit) throws IOException {
        bundle.editManifest(edit);
    }

    private void refused(String file, String reason) {
        BundleRefusedException refused = assertThrows(
                BundleRefusedException.class,
                () -> Bundle.open(bundle.directory()).close());
        assertEquals(file, refused.file(), refused::getMessage);
        assertTrue(refused.reason().contains(reason), refused::getMessage);
    }

    private static byte[] flip(byte[] bytes, int at) {
        bytes[at] ^= 1;
        return bytes;
    }

    private static byte[] putFloat(byte[] bytes, int at, float value) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(at, value);
        return bytes;
    }
}
