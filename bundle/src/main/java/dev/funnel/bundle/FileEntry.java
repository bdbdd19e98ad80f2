package dev.funnel.bundle;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest says of one file.
 *
 * @param path relative path, as {@link BundlePaths} allows
 * @param size in bytes
 * @param sha256 SHA-256 of each chunk in order, 64 hex digits each; the last chunk may be short, an empty file has none
 * @param tensors of a safetensors file, in file order; empty for other files
 */
public record FileEntry(String path, long size, List<String> sha256, List<TensorSpec> tensors) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Refuses an unsafe path, a negative size, and what is not a SHA-256. */
    public FileEntry(String path, long size, List<String> sha256, @Nullable List<TensorSpec> tensors) {
        this.path = BundlePaths.check(path);
        this.size = size;
        this.sha256 = Bounds.list("sha256 of file " + path, sha256);
        this.tensors = Bounds.list("tensors of file " + path, tensors);
        if (size < 0) {
            throw new IllegalArgumentException("file " + path + " has size " + size);
        }
        for (String hash : this.sha256) {
            if (!SHA256.matcher(hash).matches()) {
                throw new IllegalArgumentException("file " + path + " has the sha256 "
                        + BundleRefusedException.quote(hash) + ", 64 lower-case hex digits are needed");
            }
        }
        if (!BundlePaths.isTensorFile(path) && !this.tensors.isEmpty()) {
            throw new IllegalArgumentException("file " + path + " is not safetensors and cannot have tensors");
        }
    }
}
