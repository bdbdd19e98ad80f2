package dev.funnel.gateway.snapshot;

import dev.funnel.bundle.BundleVersion;
import java.util.Collection;

/** Asks a stage which bundle versions it holds. */
@FunctionalInterface
public interface HeldVersions {
    Collection<BundleVersion> ask() throws Unanswered;

    /** The stage did not say. */
    final class Unanswered extends Exception {
        private static final long serialVersionUID = 1;

        public Unanswered(String cause) {
            super(cause, null, false, false);
        }
    }
}
