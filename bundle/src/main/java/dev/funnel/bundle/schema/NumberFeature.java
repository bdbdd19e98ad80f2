package dev.funnel.bundle.schema;

import org.jspecify.annotations.Nullable;

/**
 * A number x, scaled. Columns: x; then x squared and its square root if {@code powers} (for x below 0: of -x, negated); then 1
 * where the value is missing, else 0, if {@code missingFlag}.
 *
 * @param missing the scaled value that stands for a missing one
 */
public record NumberFeature(
        String name, Reading from, @Nullable String of, Scale scale, boolean powers, float missing, boolean missingFlag)
        implements ReadingFeature {
    /** How many columns it fills. */
    public int width() {
        return 1 + (powers ? 2 : 0) + (missingFlag ? 1 : 0);
    }
}
