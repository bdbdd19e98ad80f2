package dev.funnel.candidate.generate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.IntVector;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.LongVector;
import dev.funnel.bundle.StringVector;
import dev.funnel.bundle.TensorFile;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.RankedList;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.cold.Place;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Lists by country and language, see {@link Place}: the first there is for where the user is; the last one is for everybody. */
public final class RankedListsKind implements GeneratorKind {
    @Override
    public String name() {
        return "ranked-lists";
    }

    @Override
    public Generator load(Bundle bundle, GeneratorEntry entry, GeneratorSettings settings, Serving serving)
            throws BundleRefusedException {
        TensorFile file = bundle.tensors(entry.file());
        StringVector places = StringVector.read(file, "places");
        IntVector items = file.indexes("items", 0, bundle.items().size());
        float[] scores = file.floats("scores").toArray();
        LongVector offsets = file.offsets("offsets", places.size(), items.size());
        if (scores.length != items.size()) {
            throw file.refused("scores", "has " + scores.length + " scores for " + items.size() + " items");
        }
        Map<String, RankedList> lists = new HashMap<>();
        for (int i = 0; i < places.size(); i++) {
            int from = (int) offsets.get(i);
            int to = (int) offsets.get(i + 1);
            try {
                lists.put(
                        places.value(i), new RankedList(items.toArray(from, to), Arrays.copyOfRange(scores, from, to)));
            } catch (IllegalArgumentException e) {
                throw file.refused("scores", "of place " + places.value(i) + ": " + e.getMessage());
            }
        }
        if (!lists.containsKey(Place.EVERYWHERE)) {
            throw file.refused("places", "has no list for everybody, named \"" + Place.EVERYWHERE + "\"");
        }
        return new Lists(entry, lists);
    }

    private record Lists(GeneratorEntry entry, Map<String, RankedList> lists) implements Generator {
        @Override
        public String index() {
            return "stored lists of " + lists.size() + " places";
        }

        @Override
        public Optional<Search> search(Question question) {
            Circumstances asked = question.circumstances();
            String place = Place.first(lists.keySet(), asked.country(), asked.language());
            RankedList list = lists.get(place);
            return list == null ? Optional.empty() : Optional.of(new Listed(place, list));
        }
    }

    private record Listed(String place, RankedList list) implements Search {
        @Override
        public QueryOrigin origin() {
            return place.equals(Place.EVERYWHERE) ? QueryOrigin.LIST : QueryOrigin.PLACE;
        }

        @Override
        public String note() {
            return "list of " + list.size() + " items for " + place;
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
