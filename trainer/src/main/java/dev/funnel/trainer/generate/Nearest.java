package dev.funnel.trainer.generate;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import java.util.Optional;
import java.util.function.IntFunction;

/** A question answered by the item vectors most similar to the asker's, searched exactly. */
record Nearest(ExactScanIndex index, float[] query) implements Asked {
    /** By item, those nearest to it; nothing is near a zero vector. */
    static IntFunction<Optional<Asked>> related(FloatMatrix items, ExactScanIndex index) {
        return seed -> {
            float[] vector = items.row(seed);
            for (float value : vector) {
                if (value != 0) {
                    return Optional.of(new Nearest(index, vector));
                }
            }
            return Optional.empty();
        };
    }

    @Override
    public Hits best(int k, ItemTest filter) {
        return index.search(query, k, filter, SearchLimit.none());
    }

    @Override
    public float score(int item) {
        return index.score(query, item);
    }
}
