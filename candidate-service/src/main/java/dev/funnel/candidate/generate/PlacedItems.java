package dev.funnel.candidate.generate;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.UserId;
import dev.funnel.retrieval.cold.ItemAverages;
import dev.funnel.runtime.wire.ItemOrigin;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the vectors of a factorisation's items come from, and places for further items: folded in from who watched them, or the average of
 * their uploader's items, or else of their categories'.
 *
 * @param vectors one row an item of the bundle
 * @param origins of the items that are stored
 * @param watched null: the bundle does not hold what folding in needs
 */
record PlacedItems(
        FloatMatrix vectors,
        ItemOrigins origins,
        ItemAverages averages,
        @Nullable ItemFoldIn watched) implements NewItems {

    static PlacedItems read(TensorFile file, ItemTable items, FloatMatrix vectors, Optional<ItemFoldIn> watched)
            throws BundleRefusedException {
        ItemOrigins origins = ItemOrigins.read(file, vectors.rows());
        return new PlacedItems(
                vectors,
                origins,
                ItemAverages.of(items, vectors, item -> origins.of(item) == ItemOrigin.TRAINED),
                watched.orElse(null));
    }

    ItemOrigin origin(int item) {
        return origins.of(item);
    }

    @Override
    public Optional<Placed> place(ItemTable items, int itemIndex) {
        return averages.ofUploader(items, itemIndex)
                .map(vector -> new Placed(vector, ItemOrigin.UPLOADER_AVERAGE))
                .or(() -> averages.ofCategories(items, itemIndex)
                        .map(vector -> new Placed(vector, ItemOrigin.CATEGORY_AVERAGE)));
    }

    @Override
    public Optional<Placed> placeWatched(List<UserId> watchers) {
        return watched == null
                ? Optional.empty()
                : watched.of(watchers).map(vector -> new Placed(vector, ItemOrigin.WATCHERS));
    }

    /** Those that nobody interacted with, also the ones of which nothing was known. */
    @Override
    public Optional<float[]> storedByColumns(int itemIndex) {
        float[] vector = vectors.row(itemIndex);
        return origin(itemIndex) != ItemOrigin.TRAINED || ItemFoldIn.isZero(vector)
                ? Optional.of(vector)
                : Optional.empty();
    }
}
