package dev.funnel.reranker.snapshot;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything one bundle version contributes to re-ranking: the item table and the items' embeddings. Immutable; views of the
 * bundle's mapped memory, so usable until the bundle is closed.
 *
 * @param version which version
 * @param items the item table
 * @param facts the columns that built-in rules read
 * @param embeddings the items' embeddings
 */
public record RerankerSnapshot(BundleVersion version, ItemTable items, ItemFacts facts, Embeddings embeddings)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RerankerSnapshot.class);

    /** Tensor of a factorization's item vectors, one row per item. */
    private static final String ITEM_FACTORS = "item_factors";

    public RerankerSnapshot(BundleVersion version, ItemTable items, Embeddings embeddings) {
        this(version, items, new ItemFacts(items), embeddings);
    }

    /**
     * Loads the snapshot of an opened bundle.
     *
     * @param embedding name of the generator whose item factors are the embeddings; without one of that name no item has an
     *     embedding
     */
    public static RerankerSnapshot load(Bundle bundle, String embedding) throws BundleRefusedException {
        return new RerankerSnapshot(bundle.manifest().version(), bundle.items(), embeddings(bundle, embedding));
    }

    /** Nothing to free: the memory is the bundle's. */
    @Override
    public void close() {}

    private static Embeddings embeddings(Bundle bundle, String embedding) throws BundleRefusedException {
        int items = bundle.items().size();
        GeneratorEntry generator = bundle.manifest().generator(embedding);
        if (generator == null || !bundle.tensors(generator.file()).has(ITEM_FACTORS)) {
            LOG.warn(
                    "bundle {} has no generator {} with {}: no item has an embedding",
                    bundle.manifest().version().value(),
                    embedding,
                    ITEM_FACTORS);
            return Embeddings.none(items);
        }
        FloatMatrix factors = bundle.tensors(generator.file()).floats(ITEM_FACTORS);
        if (factors.rows() != items) {
            throw new BundleRefusedException(
                    generator.file(), ITEM_FACTORS + " has " + factors.rows() + " rows for " + items + " items");
        }
        return Embeddings.of(factors);
    }
}
