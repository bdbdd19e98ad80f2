package dev.funnel.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.funnel.bundle.testing.SmallBundle;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A published bundle that a test damages. Damage alone is found by hashes; {@link #sign} makes sizes, hashes and version agree with
 * the damage, so that what lies behind the hashes is attacked.
 */
final class ForgedBundle {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Path directory;

    private ForgedBundle(Path directory) {
        this.directory = directory;
    }

    /** A new small bundle under {@code root}. */
    static ForgedBundle under(Path root) throws IOException, BundleRefusedException {
        return new ForgedBundle(SmallBundle.directory(root, SmallBundle.publish(root)));
    }

    Path directory() {
        return directory;
    }

    Path file(String path) {
        return directory.resolve(path);
    }

    byte[] read(String path) throws IOException {
        return Files.readAllBytes(file(path));
    }

    ForgedBundle write(String path, byte[] bytes) throws IOException {
        Files.write(file(path), bytes);
        return this;
    }

    ForgedBundle edit(String path, UnaryOperator<byte[]> edit) throws IOException {
        return write(path, edit.apply(read(path)));
    }

    /** Edits the manifest and renames the directory to the version that its bytes then have. */
    ForgedBundle editManifest(Consumer<ObjectNode> edit) throws IOException {
        ObjectNode manifest = (ObjectNode) MAPPER.readTree(read(BundlePaths.MANIFEST));
        edit.accept(manifest);
        return writeManifest(MAPPER.writeValueAsBytes(manifest));
    }

    /** Replaces the manifest and renames the directory to the version that {@code json} then has. */
    ForgedBundle writeManifest(byte[] json) throws IOException {
        write(BundlePaths.MANIFEST, json);
        String stamp = BundleVersion.parse(String.valueOf(directory.getFileName()))
                .orElseThrow()
                .stamp();
        String hash = Sha256.hex(json).substring(0, BundleVersion.HASH_DIGITS);
        directory = Files.move(directory, directory.resolveSibling(stamp + "-" + hash));
        return this;
    }

    /** Makes size and hashes of {@code path} in the manifest agree with the file, but not its tensors. */
    ForgedBundle sign(String path) throws IOException {
        byte[] bytes = read(path);
        return editManifest(manifest ->
                sign(entry(manifest, path), bytes, manifest.path("chunk_bytes").intValue()));
    }

    /** Makes size, hashes and tensors of {@code path} in the manifest agree with the file; refused if its header cannot be read. */
    ForgedBundle signWithTensors(String path) throws IOException, BundleRefusedException {
        List<TensorSpec> tensors = TensorHeader.read(path, MemorySegment.ofArray(read(path))).tensors().stream()
                .map(TensorHeader.Located::spec)
                .toList();
        sign(path);
        return editManifest(manifest -> entry(manifest, path).set("tensors", MAPPER.valueToTree(tensors)));
    }

    static ObjectNode entry(ObjectNode manifest, String path) {
        for (JsonNode file : manifest.path("files")) {
            if (file.path("path").asText().equals(path)) {
                return (ObjectNode) file;
            }
        }
        throw new IllegalArgumentException("no file " + path);
    }

    private static void sign(ObjectNode entry, byte[] bytes, int chunkBytes) {
        entry.put("size", bytes.length);
        ArrayNode hashes = entry.putArray("sha256");
        for (int start = 0; start < bytes.length; start += chunkBytes) {
            hashes.add(Sha256.hex(Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + chunkBytes))));
        }
    }
}
