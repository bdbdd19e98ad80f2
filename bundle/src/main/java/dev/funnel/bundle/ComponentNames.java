package dev.funnel.bundle;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for the names of components that appear in logs, metrics and configuration: {@code [a-z][a-z0-9_-]*}, at most 64 characters. */
final class ComponentNames {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    private ComponentNames() {}

    static String check(String what, @Nullable String name) {
        if (name == null || !SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " " + BundleRefusedException.quote(name)
                    + " is not [a-z][a-z0-9_-]*, at most 64 characters");
        }
        return name;
    }
}
