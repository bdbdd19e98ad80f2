package dev.funnel.reranker.snapshot;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTable;
import dev.funnel.reranker.expression.Expressions;
import dev.funnel.runtime.live.LiveBatch;
import dev.funnel.runtime.live.LiveSnapshot;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything one bundle version contributes to re-ranking: the item table and the items' embeddings. Immutable; views of the
 * bundle's mapped memory, so usable until the bundle is closed.
 *
 * @param version which version
 * @param items the item table, with what changed since
 * @param facts the columns that built-in rules read
 * @param embeddings the items' embeddings
 * @param expressions compiles expressions over the item table's columns
 * @param clickBaitModel null if the bundle has none
 */
public record RerankerSnapshot(
        BundleVersion version,
        ItemTable items,
        ItemFacts facts,
        Embeddings embeddings,
        Expressions expressions,
        @Nullable ClickBaitModel clickBaitModel)
        implements LiveSnapshot<RerankerSnapshot> {
    private static final Logger LOG = LoggerFactory.getLogger(RerankerSnapshot.class);

    /** Tensor of a factorization's item vectors, one row per item. */
    private static final String ITEM_FACTORS = "item_factors";

    /**
     * @param clickBaitModel closed with the snapshot; null: none
     */
    public RerankerSnapshot(
            BundleVersion version, ItemTable items, Embeddings embeddings, @Nullable ClickBaitModel clickBaitModel) {
        this(version, items, new ItemFacts(items), embeddings, expressions(items), clickBaitModel);
    }

    /** Without a click-bait model. */
    public RerankerSnapshot(BundleVersion version, ItemTable items, Embeddings embeddings) {
        this(version, items, embeddings, null);
    }

    /**
     * Loads the snapshot of an opened bundle.
     *
     * @param embedding name of the generator whose item factors are the embeddings; without one of that name no item has an
     *     embedding
     */
    public static RerankerSnapshot load(Bundle bundle, String embedding) throws BundleRefusedException {
        return new RerankerSnapshot(
                bundle.manifest().version(),
                bundle.items(),
                embeddings(bundle, embedding),
                ClickBaitNetwork.load(bundle));
    }

    /** Whether {@link #clickBait} may be asked. */
    public boolean hasClickBaitModel() {
        return clickBaitModel != null;
    }

    /**
     * How probably a click on each item is left at once, in the order of {@code items}; 0 for items that the bundle does not
     * hold, -1.
     *
     * @throws IllegalStateException if the bundle has no click-bait model
     */
    public float[] clickBait(int[] items, long timeMillis) {
        if (clickBaitModel == null) {
            throw new IllegalStateException("bundle " + version.value() + " has no click-bait model");
        }
        return clickBaitModel.probabilities(items, timeMillis);
    }

    /** Facts of live items are known; embeddings are the bundle's, so that an item it does not hold has none. */
    @Override
    public RerankerSnapshot with(LiveBatch batch) {
        return new RerankerSnapshot(
                version,
                batch.items(),
                new ItemFacts(batch.items()),
                embeddings,
                expressions,
                clickBaitModel == null ? null : clickBaitModel.over(batch.items()));
    }

    /** Frees the model; the rest of the memory is the bundle's. */
    @Override
    public void close() {
        if (clickBaitModel != null) {
            clickBaitModel.close();
        }
    }

    private static Expressions expressions(ItemTable items) {
        Map<String, ColumnKind> kinds = new TreeMap<>(ItemTable.STANDARD);
        items.columns().forEach((name, column) -> kinds.put(name, column.kind()));
        return new Expressions(kinds);
    }

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
