package dev.funnel.runtime.bundle;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;

/**
 * Makes a service's snapshot of a bundle that was opened and verified: builds what the service needs and warms it by using it.
 * What it returns is closed when the last lease of a retired version ends; the bundle itself is closed right after.
 *
 * @param <S> everything one bundle version contributes to one service, immutable
 */
@FunctionalInterface
public interface SnapshotLoader<S extends AutoCloseable> {
    /** @throws BundleRefusedException naming the file and the reason, if the service cannot serve from it */
    S load(Bundle bundle) throws BundleRefusedException;
}
