package dev.funnel.bundle;

import dev.funnel.bundle.signature.ManifestSignature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a bundle directory, looked at without opening anything: only directories and regular files may be there. Symbolic
 * links are refused wherever they point, and so is anything else that opening could follow or wait for.
 */
final class BundleDirectory {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_MANIFEST_BYTES = 8 << 20;

    private BundleDirectory() {}

    /** Sizes of the files under {@code directory} by relative path with {@code /} between the parts. */
    static Map<String, Long> list(Path directory) throws BundleRefusedException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new BundleRefusedException(".", "there is no directory " + directory);
        }
        try (Stream<Path> paths = Files.walk(directory, MAX_DEPTH)) {
            Map<String, Long> files = new TreeMap<>();
            int entries = 0;
            for (Iterator<Path> path = paths.skip(1).iterator(); path.hasNext(); ) {
                if (++entries > MAX_ENTRIES) {
                    throw new BundleRefusedException(".", "more than " + MAX_ENTRIES + " files and directories");
                }
                add(directory, path.next(), files);
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw new BundleRefusedException(".", "cannot be listed: " + e, e);
        }
    }

    private static void add(Path directory, Path path, Map<String, Long> files)
            throws IOException, BundleRefusedException {
        Path relative = directory.relativize(path);
        String name = relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            throw new BundleRefusedException(name, "is a symbolic link");
        }
        if (attributes.isRegularFile()) {
            files.put(name, attributes.size());
        } else if (!attributes.isDirectory()) {
            throw new BundleRefusedException(name, "is neither a file nor a directory");
        } else if (relative.getNameCount() >= MAX_DEPTH) {
            throw new BundleRefusedException(name, "is nested deeper than " + MAX_DEPTH);
        }
    }

    /** The bytes of the manifest, at most 8 MiB; {@code files} is what {@link #list} found. */
    static byte[] readManifest(Path directory, Map<String, Long> files) throws BundleRefusedException {
        byte[] json = read(directory, BundlePaths.MANIFEST, files, MAX_MANIFEST_BYTES);
        if (json == null) {
            throw new BundleRefusedException(BundlePaths.MANIFEST, "is missing");
        }
        return json;
    }

    /** The bytes of the signatures, null if there are none; {@code files} is what {@link #list} found. */
    static byte @Nullable [] readSignatures(Path directory, Map<String, Long> files) throws BundleRefusedException {
        return read(directory, ManifestSignature.FILE, files, ManifestSignature.MAX_BYTES);
    }

    /** A file that is larger than allowed is refused by its size, before room is made for it. */
    private static byte @Nullable [] read(Path directory, String name, Map<String, Long> files, int most)
            throws BundleRefusedException {
        Long size = files.get(name);
        if (size == null) {
            return null;
        }
        if (size > most) {
            throw new BundleRefusedException(name, "has " + size + " bytes, at most " + most + " are allowed");
        }
        try (InputStream in = Files.newInputStream(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length != size) {
                throw new BundleRefusedException(name, "changes while it is read");
            }
            return bytes;
        } catch (IOException e) {
            throw new BundleRefusedException(name, "cannot be read: " + e, e);
        }
    }
}
