package dev.funnel.trainer.generate;

import dev.funnel.bundle.FloatMatrix;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A generator, fitted on one part of the log: asked here as candidate-service will ask it, and written into bundles. Safe for
 * several threads.
 */
public interface FittedGenerator {

    /** What serves it: a kind of candidate-service, e.g. {@code factorization}. */
    String kind();

    /** How its vectors are compared, as in the manifest; null if it has none. */
    default @Nullable String similarity() {
        return null;
    }

    /** Length of its vectors; 0 if it has none. */
    default int dimensions() {
        return 0;
    }

    /** What it was fitted with and what serving needs to know, for the manifest. */
    Map<String, Double> parameters();

    /** One row an item, which it writes as {@link GeneratorFiles#ITEM_VECTORS} into its tensors; null if it has none. */
    default @Nullable FloatMatrix itemVectors() {
        return null;
    }

    /** Vectors like those that its item vectors will be searched for: users', or else the items' own; null if it has none. */
    default @Nullable FloatMatrix queryVectors() {
        return itemVectors();
    }

    /** Whether it answers each user differently, from what the user did: what the gate compares with popularity. */
    default boolean personal() {
        return false;
    }

    /** Whether it nominates what the user has watched already. */
    default boolean nominatesWatched() {
        return false;
    }

    /** What it would search for; empty if it has nothing to go on. */
    Optional<Asked> ask(Asker asker);

    /** What it would search for if an item is asked about, by item; empty if that gives it nothing to go on. For several threads. */
    default IntFunction<Optional<Asked>> related() {
        return seed -> Optional.empty();
    }

    /** Writes its tensors, and whatever else serving needs. */
    void write(GeneratorFiles files) throws IOException;
}
