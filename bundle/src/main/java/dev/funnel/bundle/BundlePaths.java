package dev.funnel.bundle;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rule for paths inside a bundle: relative, parts joined by {@code /}, at most 8 parts and 200 characters, each part made of letters, digits, dot,
 * dash and underscore and not starting with a dot or a dash; the last ends in {@code .safetensors}, {@code .onnx} or
 * {@code .json}. So no path leads out of the bundle, and no file of another format is in it.
 */
final class BundlePaths {
    static final String MANIFEST = "manifest.json";
    static final String ITEMS = "items.safetensors";
    static final String USERS = "users.safetensors";

    private static final int MAX_CHARACTERS = 200;
    private static final Pattern SHAPE =
            Pattern.compile("([A-Za-z0-9_][A-Za-z0-9_.-]*/){0,7}[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final List<String> SUFFIXES = List.of(".safetensors", ".onnx", ".json");

    private BundlePaths() {}

    /** Returns {@code path}, or throws {@link IllegalArgumentException} naming it and the rule. */
    static String check(@Nullable String path) {
        if (path == null
                || path.length() > MAX_CHARACTERS
                || !SHAPE.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "path " + BundleRefusedException.quote(path)
                            + " is not a safe relative path: parts of letters, digits, '.', '-', '_', joined by '/', none starting with '.' or '-'");
        }
        if (SUFFIXES.stream().noneMatch(path::endsWith)) {
            throw new IllegalArgumentException(
                    "path " + BundleRefusedException.quote(path) + " does not end in one of " + SUFFIXES);
        }
        if (path.equals(MANIFEST)) {
            throw new IllegalArgumentException("path " + MANIFEST + " is the manifest itself");
        }
        return path;
    }

    static boolean isTensorFile(String path) {
        return path.endsWith(".safetensors");
    }
}
