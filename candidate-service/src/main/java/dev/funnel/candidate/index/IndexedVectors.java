package dev.funnel.candidate.index;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.IndexEntry;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.IndexChoice;
import dev.funnel.retrieval.IndexRecall;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorIndex;
import dev.funnel.retrieval.VectorScorer;
import dev.funnel.retrieval.graph.BuildProgress;
import dev.funnel.retrieval.graph.GraphSettings;
import dev.funnel.retrieval.graph.UnionGraph;
import dev.funnel.retrieval.graph.UnionGraphIndex;
import dev.funnel.retrieval.hnswlib.HnswlibIndex;
import dev.funnel.retrieval.hnswlib.HnswlibSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final String GRAPH = "union-graph";

    /**
     * The index of a generator's own item vectors: the one that the bundle holds, of which the files of the shards served are mapped and
     * nothing is built, unless the setting asks for another.
     *
     * @param setting {@code auto}, which leaves the choice to the bundle, {@code exact}, {@code union-graph} or {@code hnswlib}
     * @throws BundleRefusedException naming the index file that is missing or does not fit
     */
    public static IndexedVectors of(
            Bundle bundle,
            GeneratorEntry entry,
            FloatMatrix items,
            Similarity similarity,
            String setting,
            FloatMatrix queries,
            ServedShards served)
            throws BundleRefusedException {
        IndexEntry stored = entry.index();
        String label = label(setting);
        if (stored != null && stored.kind().equals(GRAPH) && (label.equals("auto") || label.equals(GRAPH))) {
            VectorIndex index = open(bundle, entry, stored, items, similarity, served);
            return new IndexedVectors(
                    index, index.describe() + "; stored in the bundle, " + stored.reason(), (float) stored.recall());
        }
        boolean exact = stored != null && stored.kind().equals("exact") && label.equals("auto");
        return of(items, similarity, exact ? "exact" : setting, entry.defaultLimit(), queries, served);
    }

    /**
     * Builds the index that a setting asks for, over all items.
     *
     * @param setting {@code auto}, {@code exact}, {@code union-graph} or {@code hnswlib}, in any case, with _ or -
     * @param hits how many items a search usually asks for
     * @param queries vectors like those that will be searched for, to measure recall with
     */
    public static IndexedVectors of(
            FloatMatrix items, Similarity similarity, String setting, int hits, FloatMatrix queries) {
        IndexChoice choice = IndexChoice.of(label(setting), items.rows(), hits);
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
        IndexChoice choice = IndexChoice.of(label(setting), rows, hits);
        VectorScorer scorer = new VectorScorer(items, similarity);
        VectorIndex index = sharded(ranges, scorer, range -> build(range.of(items), similarity, choice));
        if (index.exact()) {
            return new IndexedVectors(index, index.describe() + "; " + choice.explanation(), 1);
        }
        try (VectorIndex exact =
                sharded(ranges, scorer, range -> ExactScanIndex.closeable(range.of(items), similarity))) {
            return new IndexedVectors(
                    index, index.describe() + "; " + choice.explanation(), recall(index, exact, hits, queries));
        }
    }

    /**
     * The index for queries that are items themselves, by cosine: what is related to a seed. Left to choose it scans, which is exact: no bundle holds
     * a graph by cosine, and one built at every load would keep a process of a million items from being ready for minutes, to save
     * some milliseconds a query.
     *
     * @param setting {@code auto}, or one of the indexes by name
     * @param hits how many items a search usually asks for
     */
    public static IndexedVectors ofSeeds(FloatMatrix items, String setting, int hits, ServedShards served) {
        String chosen = label(setting).equals("auto") ? "exact" : setting;
        return of(items, Similarity.COSINE, chosen, hits, items, served);
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

    private static VectorIndex open(
            Bundle bundle,
            GeneratorEntry entry,
            IndexEntry stored,
            FloatMatrix items,
            Similarity similarity,
            ServedShards served)
            throws BundleRefusedException {
        List<ShardedIndex.Shard> shards = new ArrayList<>();
        for (int shard : served.served()) {
            RowRange range = served.rows(shard);
            if (range.size() > 0) {
                String file = IndexEntry.fileOf(entry.file(), shard);
                if (!stored.files().contains(file)) {
                    throw new BundleRefusedException(
                            "manifest.json", "index of generator " + entry.name() + " lists no file " + file);
                }
                FloatMatrix rows = range.of(items);
                UnionGraph graph = UnionGraph.open(bundle.tensors(file), "", rows, similarity);
                shards.add(
                        new ShardedIndex.Shard(range, new UnionGraphIndex(graph, rows, UnionGraphIndex.USUAL_BREADTH)));
            }
        }
        return served.count() == 1 && shards.size() == 1
                ? shards.getFirst().index()
                : new ShardedIndex(shards, new VectorScorer(items, similarity));
    }

    private static VectorIndex build(FloatMatrix items, Similarity similarity, IndexChoice choice) {
        return switch (choice.kind()) {
            case EXACT -> ExactScanIndex.closeable(items, similarity);
            case UNION_GRAPH -> {
                GraphSettings settings =
                        GraphSettings.usual(0, Runtime.getRuntime().availableProcessors());
                UnionGraph graph = UnionGraph.build(items, similarity, settings, BuildProgress.SILENT);
                yield new UnionGraphIndex(graph, items, UnionGraphIndex.USUAL_BREADTH);
            }
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
        String explanation = index.describe() + "; " + choice.explanation();
        if (index.exact()) {
            return new IndexedVectors(index, explanation, 1);
        }
        try (VectorIndex exact = ExactScanIndex.closeable(items, similarity)) {
            return new IndexedVectors(index, explanation, recall(index, exact, hits, queries));
        }
    }

    @Override
    public void close() {
        index.close();
    }

    private static String label(String setting) {
        return setting.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static float recall(VectorIndex index, VectorIndex exact, int hits, FloatMatrix queries) {
        return (float) IndexRecall.of(index, exact, queries, hits, PROBES).recall();
    }
}
