package dev.funnel.candidate.generate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.IntVector;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TensorFile;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.RankedList;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.Optional;

/** A list that is the same for everybody, e.g. the most popular or the newest items: it always has something to say. */
public final class RankedListKind implements GeneratorKind {
    @Override
    public String name() {
        return "ranked-list";
    }

    @Override
    public Generator load(Bundle bundle, GeneratorEntry entry, GeneratorSettings settings, Serving serving)
            throws BundleRefusedException {
        TensorFile file = bundle.tensors(entry.file());
        try {
            IntVector items = file.ints("items");
            requireItems(items, bundle.items().size());
            return new Ranked(entry, new RankedList(items, file.floats("scores")));
        } catch (IllegalArgumentException e) {
            throw new BundleRefusedException(entry.file(), String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireItems(IntVector items, int size) {
        for (long place = 0; place < items.size(); place++) {
            if (items.get(place) < 0 || items.get(place) >= size) {
                throw new IllegalArgumentException(
                        "item " + items.get(place) + " at place " + place + " is not one of " + size + " items");
            }
        }
    }

    private record Ranked(GeneratorEntry entry, RankedList list) implements Generator, Search {
        @Override
        public String index() {
            return "stored list of " + list.size() + " items";
        }

        @Override
        public Optional<Search> search(Question question) {
            return Optional.of(this);
        }

        @Override
        public QueryOrigin origin() {
            return QueryOrigin.LIST;
        }

        @Override
        public String note() {
            return index();
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public Hits best(int limit, ItemTest filter, SearchLimit searchLimit) {
            return list.best(limit, filter);
        }

        @Override
        public float score(int itemIndex) {
            return list.score(itemIndex);
        }
    }
}
