package dev.funnel.candidate.generate;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.candidate.index.LiveVectors;
import dev.funnel.retrieval.ItemVectors;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where items lie in a generator's space: a live item where it was placed last, any other where the bundle has it. What a question
 * names is looked up here.
 *
 * @param stored the bundle's vectors, one row an item
 * @param live vectors that count instead, and those of items that the bundle does not hold
 */
record ItemPlaces(FloatMatrix stored, List<LiveVectors> live) implements ItemVectors {
    static ItemPlaces of(FloatMatrix stored) {
        return new ItemPlaces(stored, List.of());
    }

    static ItemPlaces of(FloatMatrix stored, LiveDelta live) {
        return new ItemPlaces(stored, List.of(live.vectors(), live.elsewhere()));
    }

    /** Whether the item has a place. */
    boolean holds(int item) {
        return item >= 0 && item < stored.rows() || holder(item).isPresent();
    }

    /** Whether the item lies elsewhere than the bundle says, or is none of the bundle's. */
    boolean isLive(int item) {
        return holder(item).isPresent();
    }

    /** A copy of the vector of an item that has a place. */
    float[] row(int item) {
        return holder(item).map(vectors -> vectors.vector(item)).orElseGet(() -> stored.row(item));
    }

    @Override
    public void copyRow(int item, float[] into, int at) {
        Optional<LiveVectors> holder = holder(item);
        if (holder.isPresent()) {
            System.arraycopy(holder.get().vector(item), 0, into, at, stored.columns());
        } else {
            stored.copyRow(item, into, at);
        }
    }

    /** How a live item came to its place, for people to be told after the item is named; empty for others. */
    String note(int item) {
        return holder(item)
                .map(vectors -> ", live, placed by "
                        + vectors.origin(item).name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .orElse("");
    }

    private Optional<LiveVectors> holder(int item) {
        for (LiveVectors vectors : live) {
            if (vectors.holds(item)) {
                return Optional.of(vectors);
            }
        }
        return Optional.empty();
    }
}
