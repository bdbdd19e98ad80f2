package dev.funnel.trainer.generate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TensorFile;
import dev.funnel.trainer.fit.EarlierVectors;
import java.util.Optional;

/**
 * A bundle trained before, whose vectors a fit can start from. It has to stay open while they are used.
 *
 * @param bundle of the same items and generators, as far as they were there
 */
public record EarlierBundle(Bundle bundle) {

    /** The item vectors of a generator, for these items; empty if there was no such generator, or its vectors had another length. */
    Optional<EarlierVectors> vectors(String generator, int dimensions, ItemTable items) {
        return bundle.manifest().generators().stream()
                .filter(entry -> entry.name().equals(generator) && entry.dimensions() == dimensions)
                .findFirst()
                .map(entry -> new EarlierVectors(vectors(entry), rowOf(items)));
    }

    private FloatMatrix vectors(GeneratorEntry entry) {
        TensorFile file = bundle.tensors(entry.file());
        return file.floats(GeneratorFiles.ITEM_VECTORS, bundle.items().size(), entry.dimensions());
    }

    private int[] rowOf(ItemTable items) {
        int[] rows = new int[items.size()];
        for (int item = 0; item < rows.length; item++) {
            rows[item] = bundle.items().indexOf(items.id(item));
        }
        return rows;
    }
}
