package dev.funnel.bundle;

import dev.funnel.bundle.signature.ManifestSignature;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the manifest's entries of the files in a draft: sizes, hashes, tensors. */
final class DraftFiles {
    private DraftFiles() {}

    /** The entries of all files under {@code draft} but the manifest; refuses floats that are not finite, naming the file. */
    static List<FileEntry> entries(Path draft, int chunkBytes) throws BundleRefusedException {
        try (Arena arena = Arena.ofShared()) {
            ContentScan scan = new ContentScan(chunkBytes);
            List<FileEntry> unhashed = new ArrayList<>();
            for (String path : BundleDirectory.list(draft).keySet()) {
                if (!path.equals(BundlePaths.MANIFEST) && !path.equals(ManifestSignature.FILE)) {
                    MemorySegment bytes = TensorFile.map(draft.resolve(path), path, arena);
                    TensorHeader header = header(path, bytes);
                    scan.add(path, bytes, floats(header), List.of());
                    unhashed.add(entry(path, bytes.byteSize(), List.of(), header));
                }
            }
            return hashed(unhashed, scan.run(BundleVerifier.defaultThreads(), ReadingPace.UNLIMITED), chunkBytes);
        }
    }

    private static TensorHeader header(String path, MemorySegment bytes) throws BundleRefusedException {
        return BundlePaths.isTensorFile(path)
                ? TensorHeader.read(path, bytes)
                : new TensorHeader(Map.of(), List.of(), 0);
    }

    private static List<ContentScan.Floats> floats(TensorHeader header) {
        return header.tensors().stream()
                .filter(tensor -> tensor.spec().dtype() == DType.F32)
                .map(tensor -> new ContentScan.Floats(tensor.start(), tensor.end()))
                .toList();
    }

    private static FileEntry entry(String path, long size, List<String> sha256, TensorHeader header)
            throws BundleRefusedException {
        try {
            List<TensorSpec> tensors =
                    header.tensors().stream().map(TensorHeader.Located::spec).toList();
            return new FileEntry(path, size, sha256, tensors);
        } catch (IllegalArgumentException e) {
            throw new BundleRefusedException(path, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<FileEntry> hashed(List<FileEntry> files, List<String> hashes, int chunkBytes) {
        List<FileEntry> hashed = new ArrayList<>();
        int next = 0;
        for (FileEntry file : files) {
            int end = next + (int) Math.ceilDiv(file.size(), chunkBytes);
            hashed.add(new FileEntry(file.path(), file.size(), hashes.subList(next, end), file.tensors()));
            next = end;
        }
        return hashed;
    }
}
