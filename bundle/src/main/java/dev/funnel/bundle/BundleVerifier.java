package dev.funnel.bundle;

import static dev.funnel.bundle.BundleRefusedException.quote;

import dev.funnel.bundle.signature.ManifestSignature;
import dev.funnel.bundle.signature.TrustedKeys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides whether a directory is the bundle that its name says, before anything in it is believed. In this order: the signature of the
 * manifest's bytes, where keys are trusted; their SHA-256 against the directory's name; the manifest; the files that are there against those that are listed,
 * and their sizes; the SHA-256 of every chunk and, in the same pass, that every float is finite; the headers of the safetensors
 * files against the manifest.
 */
public final class BundleVerifier {
    private static final int MAX_DEFAULT_THREADS = 4;

    private BundleVerifier() {}

    /** How many threads scan if the caller does not say: half the processors, at least 1, at most 4, so that serving goes on. */
    public static int defaultThreads() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MAX_DEFAULT_THREADS);
    }

    /** Verifies the bundle in {@code directory} and loads its tables, as {@link Bundle#open} does, and lets go of it. */
    public static Manifest verify(Path directory) throws BundleRefusedException {
        return verify(directory, TrustedKeys.NOT_ASKED);
    }

    /** The same for a bundle that one of {@code keys} has to vouch for. */
    public static Manifest verify(Path directory, TrustedKeys keys) throws BundleRefusedException {
        try (Bundle bundle = Bundle.open(directory, keys)) {
            return bundle.manifest();
        }
    }

    /**
     * A verified bundle.
     *
     * @param bytes contents of every listed file by path
     * @param tensors the safetensors files by path
     */
    record Verified(Manifest manifest, Map<String, MemorySegment> bytes, Map<String, TensorFile> tensors) {}

    static BundleVersion versionOf(Path directory) throws BundleRefusedException {
        Path name = directory.toAbsolutePath().normalize().getFileName();
        return BundleVersion.parse(String.valueOf(name))
                .orElseThrow(() -> new BundleRefusedException(
                        ".", "the directory is named " + quote(String.valueOf(name)) + ", not like a bundle version"));
    }

    /** Verifies {@code directory} as {@code version}, mapping its files into {@code arena}. */
    static Verified verify(Path directory, BundleVersion version, TrustedKeys keys, ReadingPace pace, Arena arena)
            throws BundleRefusedException {
        Map<String, Long> found = BundleDirectory.list(directory);
        byte[] json = BundleDirectory.readManifest(directory, found);
        checkSignature(directory, found, json, keys);
        if (!Sha256.hex(json).startsWith(version.hash())) {
            throw new BundleRefusedException(
                    BundlePaths.MANIFEST,
                    "its SHA-256 does not start with " + version.hash() + ", as the version says");
        }
        Manifest manifest = ManifestDocument.read(json, version);
        checkFiles(manifest, found);
        Map<String, MemorySegment> bytes = map(directory, manifest, arena);
        scan(manifest, bytes, pace);
        return new Verified(manifest, bytes, headers(manifest, bytes));
    }

    private static void checkSignature(Path directory, Map<String, Long> found, byte[] json, TrustedKeys keys)
            throws BundleRefusedException {
        if (keys.asked()) {
            String objection = keys.objection(json, BundleDirectory.readSignatures(directory, found));
            if (objection != null) {
                throw new BundleRefusedException(ManifestSignature.FILE, objection);
            }
        }
    }

    private static void checkFiles(Manifest manifest, Map<String, Long> found) throws BundleRefusedException {
        Map<String, Long> unlisted = new TreeMap<>(found);
        unlisted.remove(BundlePaths.MANIFEST);
        unlisted.remove(ManifestSignature.FILE);
        for (FileEntry file : manifest.files()) {
            Long size = unlisted.remove(file.path());
            if (size == null) {
                throw new BundleRefusedException(file.path(), "is listed in the manifest and missing");
            }
            checkSize(file, size);
        }
        for (String path : unlisted.keySet()) {
            throw new BundleRefusedException(path, "is not listed in the manifest");
        }
    }

    private static void checkSize(FileEntry file, long size) throws BundleRefusedException {
        if (size != file.size()) {
            throw new BundleRefusedException(file.path(), "has " + size + " bytes, the manifest says " + file.size());
        }
    }

    private static Map<String, MemorySegment> map(Path directory, Manifest manifest, Arena arena)
            throws BundleRefusedException {
        Map<String, MemorySegment> bytes = new HashMap<>();
        for (FileEntry file : manifest.files()) {
            MemorySegment mapped = TensorFile.map(directory.resolve(file.path()), file.path(), arena);
            checkSize(file, mapped.byteSize());
            bytes.put(file.path(), mapped);
        }
        return bytes;
    }

    private static void scan(Manifest manifest, Map<String, MemorySegment> bytes, ReadingPace pace)
            throws BundleRefusedException {
        ContentScan scan = new ContentScan(manifest.chunkBytes());
        for (FileEntry file : manifest.files()) {
            scan.add(file.path(), mapped(bytes, file), floats(file), file.sha256());
        }
        scan.run(defaultThreads(), pace);
    }

    /** Where the floats of a file are. Tensors fill a file from its end backwards, so the manifest's shapes alone say it. */
    private static List<ContentScan.Floats> floats(FileEntry file) throws BundleRefusedException {
        List<ContentScan.Floats> floats = new ArrayList<>();
        long end = file.size();
        for (TensorSpec tensor : file.tensors().reversed()) {
            long start = end - tensor.bytes();
            if (start < 0 || start % tensor.dtype().bytes() != 0) {
                throw new BundleRefusedException(
                        file.path(), "the tensors that the manifest lists cannot fill its " + file.size() + " bytes");
            }
            if (tensor.dtype() == DType.F32) {
                floats.add(new ContentScan.Floats(start, end));
            }
            end = start;
        }
        return floats;
    }

    private static Map<String, TensorFile> headers(Manifest manifest, Map<String, MemorySegment> bytes)
            throws BundleRefusedException {
        Map<String, TensorFile> tensors = new TreeMap<>();
        for (FileEntry file : manifest.files()) {
            if (BundlePaths.isTensorFile(file.path())) {
                TensorFile opened = TensorFile.of(file.path(), mapped(bytes, file));
                checkTensors(file, opened.tensors());
                tensors.put(file.path(), opened);
            }
        }
        return tensors;
    }

    private static void checkTensors(FileEntry file, List<TensorSpec> actual) throws BundleRefusedException {
        List<TensorSpec> listed = file.tensors();
        for (int i = 0; i < Math.max(listed.size(), actual.size()); i++) {
            String expected = i < listed.size() ? listed.get(i).toString() : "nothing";
            String found = i < actual.size() ? actual.get(i).toString() : "nothing";
            if (!expected.equals(found)) {
                throw new BundleRefusedException(
                        file.path(), "tensor " + i + " is " + quote(found) + ", the manifest says " + quote(expected));
            }
        }
    }

    private static MemorySegment mapped(Map<String, MemorySegment> bytes, FileEntry file) {
        MemorySegment mapped = bytes.get(file.path());
        if (mapped == null) {
            throw new IllegalStateException(file.path() + " was not mapped");
        }
        return mapped;
    }
}
