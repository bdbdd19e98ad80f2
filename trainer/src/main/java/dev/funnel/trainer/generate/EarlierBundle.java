package dev.funnel.trainer.generate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTable;
import dev.funnel.trainer.fit.EarlierVectors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a bundle trained before lends to a fit that starts from it. The bundle has to stay open meanwhile.
 *
 * @param items the items it knew
 * @param vectors the item vectors of its factorisations, one row an item, by the generator's name
 */
public record EarlierBundle(ItemTable items, Map<String, FloatMatrix> vectors) {

    private static final String FACTORIZATION = "factorization";

    /** Reads the vectors of an open bundle; throws if a generator's file does not hold what the manifest says. */
    public static EarlierBundle of(Bundle bundle) throws BundleRefusedException {
        Map<String, FloatMatrix> vectors = new LinkedHashMap<>();
        for (GeneratorEntry entry : bundle.manifest().generators()) {
            if (entry.kind().equals(FACTORIZATION)) {
                vectors.put(
                        entry.name(),
                        bundle.tensors(entry.file())
                                .floats(
                                        GeneratorFiles.ITEM_VECTORS,
                                        bundle.items().size(),
                                        entry.dimensions()));
            }
        }
        return new EarlierBundle(bundle.items(), vectors);
    }

    /** The item vectors of a generator, for these items; empty if there was no such generator, or its vectors had another length. */
    Optional<EarlierVectors> vectors(String generator, int dimensions, ItemTable wanted) {
        FloatMatrix found = vectors.get(generator);
        return found == null || found.columns() != dimensions
                ? Optional.empty()
                : Optional.of(new EarlierVectors(found, rowsOf(wanted)));
    }

    private int[] rowsOf(ItemTable wanted) {
        int[] rows = new int[wanted.size()];
        for (int item = 0; item < rows.length; item++) {
            rows[item] = items.indexOf(wanted.id(item));
        }
        return rows;
    }
}
