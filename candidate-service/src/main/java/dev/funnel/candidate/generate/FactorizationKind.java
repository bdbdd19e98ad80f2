package dev.funnel.candidate.generate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.TensorFile;
import dev.funnel.candidate.cache.QueryVectors;
import dev.funnel.candidate.index.IndexedVectors;
import dev.funnel.candidate.index.ItemIndexes;
import dev.funnel.retrieval.FoldIn;
import dev.funnel.retrieval.FoldInSettings;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.cold.ProfileAverages;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Matrix factorisation: users and items are vectors, and the items most similar to the user's vector are nominated. The vector is
 * the trained one where the bundle knows all the user did, and otherwise folded in from the newest {@value #FOLDED_IN}
 * interactions; of someone who did nothing it is the average of users with a like profile. A seed item nominates the items whose
 * vectors point the same way (cosine); with both, each fills half the quota.
 */
public final class FactorizationKind implements GeneratorKind {
    private static final int FOLDED_IN = 500;

    @Override
    public String name() {
        return "factorization";
    }

    @Override
    public Generator load(Bundle bundle, GeneratorEntry entry, GeneratorSettings settings, Serving serving)
            throws BundleRefusedException {
        TensorFile file = bundle.tensors(entry.file());
        int dimensions = entry.dimensions();
        FloatMatrix items = file.floats("item_factors", bundle.items().size(), dimensions);
        FloatMatrix users = file.floats("user_factors", bundle.users().size(), dimensions);
        FloatMatrix gramian = file.floats("gramian", dimensions, dimensions);
        try {
            FoldInSettings foldIn = FoldInSettings.of(entry.parameters());
            PlacedItems placed =
                    PlacedItems.read(file, bundle.items(), items, ItemFoldIn.read(file, bundle.users(), users, foldIn));
            return new Factorization(
                    entry,
                    items,
                    users,
                    new FoldIn(items, gramian.toArray(), foldIn),
                    ProfileAverages.read(file, dimensions).orElse(null),
                    placed,
                    StoredRelated.read(file, bundle.items().size()),
                    InteractionStrength.of(entry, bundle.items()),
                    serving.queries(),
                    ItemIndexes.of(
                            bundle,
                            entry,
                            items,
                            similarity(entry),
                            settings.index().name(),
                            users,
                            serving.shards()));
        } catch (IllegalArgumentException e) {
            throw new BundleRefusedException("manifest.json", "generator " + entry.name() + ": " + e.getMessage(), e);
        }
    }

    private static Similarity similarity(GeneratorEntry entry) {
        String label = entry.similarity();
        return label == null ? Similarity.DOT : Similarity.labelled(label);
    }

    private record Factorization(
            GeneratorEntry entry,
            FloatMatrix items,
            FloatMatrix users,
            FoldIn foldIn,
            @Nullable ProfileAverages averages,
            PlacedItems placed,
            StoredRelated related,
            InteractionStrength strength,
            QueryVectors queries,
            ItemIndexes indexes)
            implements Generator {

        @Override
        public String index() {
            return indexes.explanation() + related.describe();
        }

        @Override
        public float indexRecall() {
            return indexes.recall();
        }

        @Override
        public Optional<Search> search(Question question) {
            return search(question, ItemPlaces.of(items), strength);
        }

        @Override
        public Optional<Search> search(Question question, LiveDelta live) {
            return search(question, ItemPlaces.of(items, live), strength.over(live.items()))
                    .map(search -> search.over(live));
        }

        private Optional<Search> search(Question question, ItemPlaces places, InteractionStrength counts) {
            List<Search> searches = new ArrayList<>(2);
            forUser(question, places, counts).ifPresent(searches::add);
            forSeed(question, places).ifPresent(searches::add);
            if (searches.isEmpty()) {
                return likeOthers(question).map(search -> search);
            }
            return searches.size() == 2
                    ? Optional.of(new SplitSearch(searches.getFirst(), searches.getLast()))
                    : searches.stream().findFirst();
        }

        @Override
        public Optional<NewItems> newItems() {
            return Optional.of(placed);
        }

        @Override
        public void close() {
            indexes.close();
        }

        private Optional<? extends Search> forUser(Question question, ItemPlaces places, InteractionStrength counts) {
            return question.userRow() >= 0
                    ? found(
                            indexes.people(),
                            users.row(question.userRow()),
                            QueryOrigin.TRAINED_USER,
                            "trained for the user")
                    : foldedIn(SpeakingHistory.of(question, counts, FOLDED_IN).in(places), places);
        }

        /** Someone who did nothing, as the average of those like them; nothing to go on if their profile says nothing. */
        private Optional<VectorSearch> likeOthers(Question question) {
            return averages == null
                    ? Optional.empty()
                    : averages.of(question.circumstances().profile())
                            .flatMap(vector -> found(
                                    indexes.people(),
                                    vector,
                                    QueryOrigin.PROFILE_AVERAGE,
                                    "the average of users with a like profile"));
        }

        private Optional<VectorSearch> foldedIn(SpeakingHistory history, ItemPlaces places) {
            if (history.isEmpty()) {
                return Optional.empty();
            }
            Supplier<float[]> solved = () -> foldIn.solve(places, history.items(), history.weights());
            boolean live =
                    Arrays.stream(history.items()).anyMatch(places::isLive); // may be placed anew: not remembered
            return found(
                    indexes.people(),
                    live ? solved.get() : queries.of(name(), history, solved),
                    QueryOrigin.FOLD_IN,
                    "folded in from " + history.size() + " interactions");
        }

        /** The stored answer is that of the place where the seed was trained. */
        private Optional<? extends Search> forSeed(Question question, ItemPlaces places) {
            int item = question.seedItem();
            if (!places.holds(item)) {
                return Optional.empty();
            }
            Optional<VectorSearch> search = found(
                    indexes.seeds(),
                    places.row(item),
                    QueryOrigin.SEED_ITEM,
                    "similar to the seed item" + places.note(item));
            return places.isLive(item) ? search : search.map(each -> related.search(item, each));
        }

        /** The zero vector, of someone or something nobody has met, finds nothing worth finding. */
        private Optional<VectorSearch> found(IndexedVectors in, float[] vector, QueryOrigin origin, String note) {
            for (float value : vector) {
                if (value != 0) {
                    return Optional.of(new VectorSearch(in.index(), vector, origin, note, placed::origin));
                }
            }
            return Optional.empty();
        }
    }
}
