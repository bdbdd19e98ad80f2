package dev.funnel.candidate.generate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TensorFile;
import dev.funnel.candidate.cache.QueryVectors;
import dev.funnel.candidate.index.ItemIndexes;
import dev.funnel.inference.Tower;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.retrieval.Similarity;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query tower: a network makes a vector of what is known of the person at the time of the request, and the items with the
 * most similar vectors are nominated, by inner product unless the bundle names another similarity. It needs no row for the user: a
 * history is enough, and without one a profile.
 *
 * <p>Its files are the items' vectors, and beside them {@code <name>-query.onnx}, {@code .json}, {@code .safetensors}; with an item
 * tower also {@code <name>-item.*}, which places items that the bundle has never seen, as it did those that nobody had watched.
 */
public final class TowerKind implements GeneratorKind {
    private static final String TENSORS = ".safetensors";

    /** How many users' vectors the index's recall is measured with at most. */
    private static final int PROBES = 16;

    @Override
    public String name() {
        return "tower";
    }

    @Override
    public Generator load(Bundle bundle, GeneratorEntry entry, GeneratorSettings settings, Serving serving)
            throws BundleRefusedException {
        TensorFile file = bundle.tensors(entry.file());
        FloatMatrix items = file.floats("item_factors", bundle.items().size(), entry.dimensions());
        ItemOrigins origins = ItemOrigins.read(file, items.rows());
        String begin = entry.file().substring(0, entry.file().length() - TENSORS.length());
        Tower query = tower(bundle, entry, begin + "-query");
        Tower item = null;
        try {
            item = has(bundle, begin + "-item.onnx") ? tower(bundle, entry, begin + "-item") : null;
            String index = settings.index().name();
            FloatMatrix asked = people(bundle, query, items);
            return new QueryTower(
                    entry,
                    bundle.items(),
                    items,
                    origins,
                    query,
                    item,
                    serving.queries(),
                    ItemIndexes.of(bundle, entry, items, similarity(entry), index, asked, serving.shards()));
        } catch (IllegalArgumentException e) {
            close(query, item);
            throw new BundleRefusedException("manifest.json", "generator " + entry.name() + ": " + e.getMessage(), e);
        } catch (BundleRefusedException e) {
            close(query, item);
            throw e;
        }
    }

    private static Tower tower(Bundle bundle, GeneratorEntry entry, String begin) throws BundleRefusedException {
        Tower tower = Tower.load(bundle, Tower.Files.at(begin), bundle.items());
        if (tower.dimensions() != entry.dimensions()) {
            tower.close();
            throw new BundleRefusedException(
                    begin + ".json",
                    "makes vectors of %d dimensions, generator %s has %d"
                            .formatted(tower.dimensions(), entry.name(), entry.dimensions()));
        }
        return tower;
    }

    private static boolean has(Bundle bundle, String path) {
        return bundle.manifest().files().stream().anyMatch(file -> file.path().equals(path));
    }

    private static Similarity similarity(GeneratorEntry entry) {
        String label = entry.similarity();
        return label == null ? Similarity.DOT : Similarity.labelled(label);
    }

    /** Vectors like those that will be searched for: of a few of the bundle's users; without any, the items' own. */
    private static FloatMatrix people(Bundle bundle, Tower query, FloatMatrix items) {
        int users = bundle.users().size();
        int count = Math.min(PROBES, users);
        if (count == 0) {
            return items;
        }
        float[] vectors = new float[count * query.dimensions()];
        for (int i = 0; i < count; i++) {
            int row = (int) ((long) i * users / count);
            float[] vector = query.person(Person.UNKNOWN.with(bundle.users().history(row)));
            System.arraycopy(vector, 0, vectors, i * vector.length, vector.length);
        }
        return FloatMatrix.of(vectors, count, query.dimensions());
    }

    private static void close(Tower query, @Nullable Tower item) {
        query.close();
        if (item != null) {
            item.close();
        }
    }

    private record QueryTower(
            GeneratorEntry entry,
            ItemTable table,
            FloatMatrix items,
            ItemOrigins origins,
            Tower query,
            @Nullable Tower item,
            QueryVectors queries,
            ItemIndexes indexes)
            implements Generator {

        @Override
        public String index() {
            return indexes.explanation();
        }

        @Override
        public float indexRecall() {
            return indexes.recall();
        }

        @Override
        public Optional<Search> search(Question question) {
            return search(question, ItemPlaces.of(items), table);
        }

        @Override
        public Optional<Search> search(Question question, LiveDelta live) {
            return search(question, ItemPlaces.of(items, live), live.items()).map(search -> search.over(live));
        }

        private Optional<Search> search(Question question, ItemPlaces places, ItemTable read) {
            List<Search> searches = new ArrayList<>(2);
            forPerson(question, read).ifPresent(searches::add);
            int seed = question.seedItem();
            if (places.holds(seed)) {
                searches.add(new VectorSearch(
                        indexes.seeds().index(),
                        places.row(seed),
                        QueryOrigin.SEED_ITEM,
                        "similar to the seed item" + places.note(seed),
                        origins::of));
            }
            return searches.size() == 2
                    ? Optional.of(new SplitSearch(searches.getFirst(), searches.getLast()))
                    : searches.stream().findFirst();
        }

        private Optional<Search> forPerson(Question question, ItemTable read) {
            Person person = question.person();
            int history = question.history().size();
            if (history == 0 && person.profile().isEmpty()) {
                return Optional.empty();
            }
            String note = history > 0
                    ? "computed from " + history + " interactions and "
                            + person.profile().size() + " profile values"
                    : "computed from " + person.profile().size() + " profile values";
            return Optional.of(new VectorSearch(
                    indexes.people().index(), vector(question, read), QueryOrigin.QUERY_TOWER, note, origins::of));
        }

        /** Of a history with live items it is made anew: what their columns say may have changed. */
        private float[] vector(Question question, ItemTable read) {
            RankingInput asked = question.person().with(question.history());
            boolean live = Arrays.stream(question.history().items()).anyMatch(read.changed()::get);
            return live
                    ? query.over(read).person(asked)
                    : queries.of(
                            name(),
                            new PersonAsking(question.person().inTheHour(), question.history()),
                            () -> query.person(asked));
        }

        @Override
        public Optional<NewItems> newItems() {
            return item == null ? Optional.empty() : Optional.of(new Placing(item, table, items));
        }

        @Override
        public void close() {
            indexes.close();
            TowerKind.close(query, item);
        }
    }

    /** The item tower over whatever table it is asked about; that of the last table is kept. */
    private static final class Placing implements NewItems {
        private final FloatMatrix stored;
        private volatile Over last;

        private record Over(ItemTable items, Tower tower) {}

        Placing(Tower tower, ItemTable items, FloatMatrix stored) {
            this.stored = stored;
            this.last = new Over(items, tower);
        }

        @Override
        public Optional<Placed> place(ItemTable items, int itemIndex) {
            Over over = last;
            if (over.items() != items) {
                over = new Over(items, over.tower().over(items));
                last = over;
            }
            return Optional.of(new Placed(over.tower().items(new int[] {itemIndex}), ItemOrigin.ITEM_TOWER));
        }

        /** What the tower has learnt of the item itself it reads by the item's index, which stays. */
        @Override
        public Optional<float[]> storedByColumns(int itemIndex) {
            return Optional.of(stored.row(itemIndex));
        }
    }
}
