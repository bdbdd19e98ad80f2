package dev.funnel.candidate.generate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.GeneratorEntry;

/**
 * Makes generators of one kind from a bundle. A kind is found through {@link java.util.ServiceLoader}: one file with the kind, and
 * its name in {@code META-INF/services}.
 */
public interface GeneratorKind {
    /** As manifests and configuration name it, e.g. {@code factorization}. */
    String name();

    /**
     * Loads what the manifest names.
     *
     * @throws BundleRefusedException naming the file and what does not fit, if the entry cannot be served
     */
    Generator load(Bundle bundle, GeneratorEntry entry, GeneratorSettings settings, Serving serving)
            throws BundleRefusedException;
}
