package dev.funnel.candidate.generate;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.IntVector;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TensorFile;
import dev.funnel.retrieval.cold.ItemAverages;
import dev.funnel.runtime.wire.ItemOrigin;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the vectors of a factorisation's items come from, and places for further items: the average of their uploader's items, or
 * else of their categories'.
 *
 * @param origins by item, numbers of {@link ItemOrigin}; null: all were fitted
 */
record PlacedItems(@Nullable IntVector origins, ItemAverages averages) implements NewItems {

    private static final String ORIGINS = "item_origins";

    static PlacedItems read(TensorFile file, ItemTable items, FloatMatrix vectors) throws BundleRefusedException {
        IntVector origins = file.has(ORIGINS) ? file.ints(ORIGINS, vectors.rows()) : null;
        return new PlacedItems(
                origins, ItemAverages.of(items, vectors, item -> origin(origins, item) == ItemOrigin.TRAINED));
    }

    ItemOrigin origin(int item) {
        return origin(origins, item);
    }

    @Override
    public Optional<Placed> place(ItemTable items, int itemIndex) {
        return averages.ofUploader(items, itemIndex)
                .map(vector -> new Placed(vector, ItemOrigin.UPLOADER_AVERAGE))
                .or(() -> averages.ofCategories(items, itemIndex)
                        .map(vector -> new Placed(vector, ItemOrigin.CATEGORY_AVERAGE)));
    }

    private static ItemOrigin origin(@Nullable IntVector origins, int item) {
        return origins == null || item >= origins.size() ? ItemOrigin.TRAINED : ItemOrigin.ofNumber(origins.get(item));
    }
}
