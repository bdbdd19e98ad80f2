package dev.funnel.candidate.generate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TensorFile;
import dev.funnel.candidate.index.IndexedVectors;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.cold.ContentSpace;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.Optional;

/**
 * Content: items are vectors of their features, and those most like what the user did are nominated, whoever else did what. Someone is the
 * mean of the newest {@value #MOST_INTERACTIONS} interactions' items; of someone who did nothing, the profile, as far as its columns are
 * items' too. A seed item nominates items with like features; with both, each fills half the quota.
 */
public final class ContentKind implements GeneratorKind {
    private static final int MOST_INTERACTIONS = 500;

    @Override
    public String name() {
        return "content";
    }

    @Override
    public Generator load(Bundle bundle, GeneratorEntry entry, GeneratorSettings settings, Serving serving)
            throws BundleRefusedException {
        TensorFile file = bundle.tensors(entry.file());
        FloatMatrix items = file.floats("item_factors", bundle.items().size(), entry.dimensions());
        ContentSpace space = ContentSpace.read(file);
        if (space.dimensions() != entry.dimensions()) {
            throw file.refused(
                    "content_features",
                    "makes vectors of " + space.dimensions() + ", the manifest says " + entry.dimensions());
        }
        String similarity = entry.similarity();
        try {
            Similarity by = similarity == null ? Similarity.COSINE : Similarity.labelled(similarity);
            return new Content(
                    entry,
                    items,
                    space,
                    InteractionStrength.of(entry, bundle.items()),
                    IndexedVectors.of(bundle, entry, items, by, settings.index().name(), items, serving.shards()));
        } catch (IllegalArgumentException e) {
            throw new BundleRefusedException("manifest.json", "generator " + entry.name() + ": " + e.getMessage(), e);
        }
    }

    private record Content(
            GeneratorEntry entry,
            FloatMatrix items,
            ContentSpace space,
            InteractionStrength strength,
            IndexedVectors vectors)
            implements Generator, NewItems {
        @Override
        public Similarity similarity(QueryOrigin origin) {
            String label = entry.similarity();
            return label == null ? Similarity.COSINE : Similarity.labelled(label);
        }

        @Override
        public String index() {
            return vectors.explanation();
        }

        @Override
        public float indexRecall() {
            return vectors.recall();
        }

        @Override
        public Optional<NewItems> newItems() {
            return Optional.of(this);
        }

        @Override
        public Optional<Placed> place(ItemTable table, int itemIndex) {
            float[] vector = space.vector(table, itemIndex);
            return isZero(vector) ? Optional.empty() : Optional.of(new Placed(vector, ItemOrigin.CONTENT));
        }

        @Override
        public Optional<float[]> storedByColumns(int itemIndex) {
            return Optional.of(items.row(itemIndex));
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
            Optional<Search> user = forUser(question, places, counts);
            int item = question.seedItem();
            Optional<Search> seed = places.holds(item)
                    ? found(places.row(item), QueryOrigin.SEED_ITEM, "like the seed item" + places.note(item))
                    : Optional.empty();
            return user.isPresent() && seed.isPresent()
                    ? Optional.of(new SplitSearch(user.get(), seed.get()))
                    : user.or(() -> seed);
        }

        @Override
        public void close() {
            vectors.close();
        }

        private Optional<Search> forUser(Question question, ItemPlaces places, InteractionStrength counts) {
            SpeakingHistory history =
                    SpeakingHistory.of(question, counts, MOST_INTERACTIONS).in(places);
            if (history.isEmpty()) {
                float[] profile = space.vector(question.circumstances().profile());
                return found(profile, QueryOrigin.CONTENT, "like what the profile says");
            }
            return found(
                    ContentSpace.mean(places, items.columns(), history.items(), history.weights()),
                    QueryOrigin.CONTENT,
                    "like " + history.size() + " recent items");
        }

        private Optional<Search> found(float[] vector, QueryOrigin origin, String note) {
            return isZero(vector)
                    ? Optional.empty()
                    : Optional.of(new VectorSearch(vectors.index(), vector, origin, note, item -> ItemOrigin.CONTENT));
        }

        private static boolean isZero(float[] vector) {
            for (float value : vector) {
                if (value != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
