package dev.funnel.candidate.generate;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.IntVector;
import dev.funnel.bundle.TensorFile;
import dev.funnel.runtime.wire.ItemOrigin;
import org.jspecify.annotations.Nullable;

/**
 * How the items that a bundle stores came to their vectors.
 *
 * @param numbers by item, of {@link ItemOrigin}; null, as in bundles that do not tell: all were fitted
 */
record ItemOrigins(@Nullable IntVector numbers) {
    private static final String ORIGINS = "item_origins";

    static ItemOrigins read(TensorFile file, int items) throws BundleRefusedException {
        return new ItemOrigins(file.has(ORIGINS) ? file.ints(ORIGINS, items) : null);
    }

    ItemOrigin of(int item) {
        return numbers == null || item >= numbers.size() ? ItemOrigin.TRAINED : ItemOrigin.ofNumber(numbers.get(item));
    }
}
