package dev.funnel.candidate.index;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.IndexChoice;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorIndex;
import dev.funnel.retrieval.VectorScorer;
import dev.funnel.retrieval.hnswlib.HnswlibIndex;
import dev.funnel.retrieval.hnswlib.HnswlibSettings;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Item vectors with the index that was chosen for them.
 *
 * @param index answers searches
 * @param explanation what it is and why that one, for people
 * @param recall share of the exact answer it finds; 1 if it is exact
 */
public record IndexedVectors(VectorIndex index, String explanation, float recall) implements AutoCloseable {
    private static final int PROBES = 16;

    /**
     * Builds the index that a setting asks for, over all items.
     *
     * @param setting {@code auto}, {@code exact} or {@code hnswlib}, in any case
     * @param hits how many items a search usually asks for
     * @param queries vectors like those that will be searched for, to measure recall with
     */
    public static IndexedVectors of(
            FloatMatrix items, Similarity similarity, String setting, int hits, FloatMatrix queries) {
        IndexChoice choice = IndexChoice.of(setting.toLowerCase(Locale.ROOT), items.rows(), hits);
        return measured(build(items, similarity, choice), items, similarity, choice, hits, queries);
    }

    /** The same over the items of the shards served, one index for each. */
    public static IndexedVectors of(
            FloatMatrix items,
            Similarity similarity,
            String setting,
            int hits,
            FloatMatrix queries,
            ServedShards served) {
        if (served.whole()) {
            return of(items, similarity, setting, hits, queries);
        }
        List<RowRange> ranges = served.served().stream().map(served::rows).toList();
        int rows = ranges.stream().mapToInt(RowRange::size).sum();
        IndexChoice choice = IndexChoice.of(setting.toLowerCase(Locale.ROOT), rows, hits);
        VectorScorer scorer = new VectorScorer(items, similarity);
        VectorIndex index = sharded(ranges, scorer, range -> build(range.of(items), similarity, choice));
        if (index.exact()) {
            return new IndexedVectors(index, index.describe() + "; " + choice.explanation(), 1);
        }
        VectorIndex exact = sharded(ranges, scorer, range -> new ExactScanIndex(range.of(items), similarity));
        return new IndexedVectors(
                index, index.describe() + "; " + choice.explanation(), recall(index, exact, hits, queries));
    }

    private static VectorIndex sharded(
            List<RowRange> ranges, VectorScorer scorer, Function<RowRange, VectorIndex> index) {
        return new ShardedIndex(
                ranges.stream()
                        .filter(range -> range.size() > 0)
                        .map(range -> new ShardedIndex.Shard(range, index.apply(range)))
                        .toList(),
                scorer);
    }

    private static VectorIndex build(FloatMatrix items, Similarity similarity, IndexChoice choice) {
        return switch (choice.kind()) {
            case EXACT -> new ExactScanIndex(items, similarity);
            case HNSWLIB -> HnswlibIndex.build(items, similarity, HnswlibSettings.DEFAULT);
        };
    }

    private static IndexedVectors measured(
            VectorIndex index,
            FloatMatrix items,
            Similarity similarity,
            IndexChoice choice,
            int hits,
            FloatMatrix queries) {
        float recall = index.exact() ? 1 : recall(index, new ExactScanIndex(items, similarity), hits, queries);
        return new IndexedVectors(index, index.describe() + "; " + choice.explanation(), recall);
    }

    @Override
    public void close() {
        index.close();
    }

    /** Over a few of the queries, evenly spread. */
    private static float recall(VectorIndex index, VectorIndex exact, int hits, FloatMatrix queries) {
        int probes = Math.min(PROBES, queries.rows());
        int found = 0;
        int wanted = 0;
        for (int probe = 0; probe < probes; probe++) {
            float[] query = queries.row((int) ((long) probe * queries.rows() / probes));
            Set<Integer> best = items(exact.search(query, hits, ItemTest.ALL, SearchLimit.none()));
            wanted += best.size();
            best.retainAll(items(index.search(query, hits, ItemTest.ALL, SearchLimit.none())));
            found += best.size();
        }
        return wanted == 0 ? 1 : (float) found / wanted;
    }

    private static Set<Integer> items(Hits hits) {
        Set<Integer> items = new HashSet<>();
        Arrays.stream(hits.items()).forEach(items::add);
        return items;
    }
}
