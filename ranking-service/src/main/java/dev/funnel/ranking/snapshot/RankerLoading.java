package dev.funnel.ranking.snapshot;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.inference.Ranker;

/** Loads the ranker of a bundle, to be run here or elsewhere. */
@FunctionalInterface
public interface RankerLoading {
    /** @throws BundleRefusedException if its files, or the engine, do not fit each other */
    Ranker load(Bundle bundle, RankerEntry entry) throws BundleRefusedException;
}
