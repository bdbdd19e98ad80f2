package dev.funnel.candidate.generate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TensorFile;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.NeighbourLists;
import dev.funnel.retrieval.NeighbourSums;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.Optional;

/**
 * Item-item co-visitation: nominates what is related to the seed item, or to the items of the recent interactions, each weighing
 * what it counts, and with the parameter {@code decay} below 1 less for each that followed it. With both, each fills half the quota,
 * and the seed counts as one more interaction, the newest.
 */
public final class CovisitationKind implements GeneratorKind {
    private static final int MOST_INTERACTIONS = 1_000;

    @Override
    public String name() {
        return "covisitation";
    }

    @Override
    public Generator load(Bundle bundle, GeneratorEntry entry, GeneratorSettings settings, Serving serving)
            throws BundleRefusedException {
        TensorFile file = bundle.tensors(entry.file());
        try {
            NeighbourLists lists =
                    new NeighbourLists(file.longs("offsets"), file.ints("neighbours"), file.floats("scores"));
            if (lists.size() != bundle.items().size()) {
                throw new IllegalArgumentException("has lists of " + lists.size() + " items, the bundle has "
                        + bundle.items().size());
            }
            double decay = entry.parameters().getOrDefault("decay", 1.0);
            if (!(decay > 0 && decay <= 1)) {
                throw new IllegalArgumentException("decay is " + decay + ", must be above 0, at most 1");
            }
            return new Covisitation(entry, lists, InteractionStrength.of(entry, bundle.items()), decay);
        } catch (IllegalArgumentException e) {
            throw new BundleRefusedException(entry.file(), String.valueOf(e.getMessage()), e);
        }
    }

    private record Covisitation(GeneratorEntry entry, NeighbourLists lists, InteractionStrength strength, double decay)
            implements Generator {
        @Override
        public String index() {
            return "stored lists of related items";
        }

        @Override
        public Optional<Search> search(Question question) {
            SpeakingHistory history = SpeakingHistory.of(question, strength, MOST_INTERACTIONS);
            if (question.seedItem() < 0) {
                return history.isEmpty() ? Optional.empty() : Optional.of(related(history, QueryOrigin.RECENT_ITEMS));
            }
            SpeakingHistory seed = new SpeakingHistory(new int[0], new float[0]).with(question.seedItem());
            Search fromSeed = related(seed, QueryOrigin.SEED_ITEM);
            return Optional.of(
                    history.isEmpty()
                            ? fromSeed
                            : new SplitSearch(
                                    related(history.with(question.seedItem()), QueryOrigin.RECENT_ITEMS), fromSeed));
        }

        private Search related(SpeakingHistory history, QueryOrigin origin) {
            NeighbourSums sums = lists.sums(history.items(), history.weights(), decay);
            String note = origin == QueryOrigin.SEED_ITEM
                    ? "related to the seed item"
                    : "related to " + history.size() + " recent items";
            return new RelatedItems(sums, origin, note);
        }
    }

    private record RelatedItems(NeighbourSums sums, QueryOrigin origin, String note) implements Search {
        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public Hits best(int limit, ItemTest filter, SearchLimit searchLimit) {
            return sums.best(limit, filter);
        }

        @Override
        public float score(int itemIndex) {
            return sums.score(itemIndex);
        }
    }
}
