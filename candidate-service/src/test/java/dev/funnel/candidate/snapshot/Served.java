package dev.funnel.candidate.snapshot;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.ItemOverlay;
import dev.funnel.bundle.UserId;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.cache.Caches;
import dev.funnel.candidate.generate.GeneratorKinds;
import dev.funnel.candidate.generate.Question;
import dev.funnel.candidate.generate.Search;
import dev.funnel.candidate.index.ShardSettings;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.runtime.live.LiveBatch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One process's view of a bundle and of what changed since. */
final class Served implements AutoCloseable {
    final Bundle bundle;
    final ItemOverlay overlay;
    CandidateSnapshot snapshot;
    private long position;

    Served(Path directory, ShardSettings shards) throws Exception {
        bundle = Bundle.open(directory);
        snapshot =
                new CandidateSnapshotLoader(List.of(), GeneratorKinds.installed(), shards, Caches.usual()).load(bundle);
        overlay = new ItemOverlay(bundle.items(), 0, 1_000);
    }

    int upsert(String id, Map<String, ColumnValue> values, Map<String, ColumnValue.Vector> vectors) {
        return take(ItemChange.upsert(++position, id, new Upsert(values, vectors)));
    }

    int watched(String id, Map<String, ColumnValue> values, String... watchers) {
        List<UserId> people = List.of(watchers).stream().map(UserId::new).toList();
        return take(ItemChange.upsert(++position, id, new Upsert(values, Map.of(), people)));
    }

    int remove(String id) {
        return take(ItemChange.remove(++position, id));
    }

    private int take(ItemChange change) {
        int item = overlay.apply(change);
        snapshot = snapshot.with(new LiveBatch(overlay.snapshot(), List.of(new LiveBatch.Changed(item, change))));
        return item;
    }

    /** What a stored item's columns say, for an item to be like it. */
    Map<String, ColumnValue> columnsOf(int item) {
        Map<String, ColumnValue> values = new HashMap<>();
        values.put("uploader", new ColumnValue.Text("uploader-" + item % 7));
        values.put("language", new ColumnValue.Text(List.of("en", "de", "fr").get(item % 3)));
        values.put(
                "categories",
                new ColumnValue.Texts(List.of("topic-" + item % SmallBundle.TOPICS, item % 2 == 0 ? "even" : "odd")));
        return values;
    }

    Map<String, ColumnValue.Vector> vectorOf(int item) throws Exception {
        float[] vector = bundle.tensors("generators/als.safetensors")
                .floats("item_factors")
                .row(item);
        return Map.of("als", new ColumnValue.Vector(vector));
    }

    Optional<Search> search(String generator, Question question) {
        return snapshot.generator(generator).orElseThrow().search(question);
    }

    Hits best(String generator, Question question) {
        return search(generator, question)
                .orElseThrow()
                .best(100, snapshot.items().standing(), SearchLimit.none());
    }

    /** The scores of all stored items. */
    List<Float> scores(String generator, Question question) {
        Search search = search(generator, question).orElseThrow();
        return IntStream.range(0, SmallBundle.ITEMS).mapToObj(search::score).toList();
    }

    @Override
    public void close() {
        snapshot.close();
        bundle.close();
    }
}
