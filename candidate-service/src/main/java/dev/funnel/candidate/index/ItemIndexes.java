package dev.funnel.candidate.index;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.retrieval.Similarity;

/**
 * The two indexes of one generator's item vectors.
 *
 * @param people for the vectors of people, by the generator's similarity
 * @param seeds for the vectors of seed items, by cosine
 */
public record ItemIndexes(IndexedVectors people, IndexedVectors seeds) implements AutoCloseable {

    /**
     * Both as a setting asks for them; see {@link IndexedVectors#of} and {@link IndexedVectors#ofSeeds}.
     *
     * @throws BundleRefusedException if one of them cannot be had, or finds too little
     */
    public static ItemIndexes of(
            Bundle bundle,
            GeneratorEntry entry,
            FloatMatrix items,
            Similarity similarity,
            String setting,
            FloatMatrix queries,
            ServedShards served)
            throws BundleRefusedException {
        IndexedVectors people = IndexedVectors.of(bundle, entry, items, similarity, setting, queries, served);
        try {
            return new ItemIndexes(people, IndexedVectors.ofSeeds(entry, items, setting, served));
        } catch (BundleRefusedException | RuntimeException e) {
            people.close();
            throw e;
        }
    }

    /** What they are and why these, for people. */
    public String explanation() {
        return people.explanation() + "; related items: " + seeds.index().describe();
    }

    /** The lower of their recalls. */
    public float recall() {
        return Math.min(people.recall(), seeds.recall());
    }

    @Override
    public void close() {
        people.close();
        seeds.close();
    }
}
