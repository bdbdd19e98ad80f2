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
    private static final int PROBES = 64;
    private static final String AUTO = "auto";
    private static final String EXACT = "exact";
    private static final String GRAPH = "union-graph";

    /**
     * The index of a generator's own item vectors: the one that the bundle holds, of which the files of the shards served are mapped and
     * nothing is built, unless the setting asks for another. One that is built and finds too little is refused where it was asked for
     * by name; left to choose it is an exact scan instead.
     *
     * @param setting {@code auto}, which leaves the choice to the bundle, {@code exact}, {@code union-graph} or {@code hnswlib}, in
     *     any case, with _ or -
     * @param queries vectors like those that will be searched for, to measure the recall of what is built; none: the items
     * @throws BundleRefusedException naming the index file that is missing or does not fit, or the recall that is too low
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
        if (stored != null && stored.kind().equals(GRAPH) && (label.equals(AUTO) || label.equals(GRAPH))) {
            VectorIndex index = open(bundle, entry, stored, items, similarity, served);
            return new IndexedVectors(
                    index, index.describe() + "; stored in the bundle, " + stored.reason(), (float) stored.recall());
        }
        IndexChoice choice = stored != null && stored.kind().equals(EXACT) && label.equals(AUTO)
                ? new IndexChoice(IndexChoice.Kind.EXACT, "chosen for the bundle, " + stored.reason())
                : IndexChoice.of(label, rows(items, served), entry.defaultLimit());
        FloatMatrix probes = queries.rows() == 0 ? items : queries;
        try {
            return built(entry, items, similarity, choice, probes, served);
        } catch (BundleRefusedException e) {
            if (!label.equals(AUTO)) {
                throw e;
            }
            IndexChoice scan = new IndexChoice(IndexChoice.Kind.EXACT, "exact scan, since " + e.reason());
            return built(entry, items, similarity, scan, probes, served);
        }
    }

    /**
     * The index for queries that are items themselves, by cosine: what is related to a seed. Left to choose it scans, which is exact: no
     * bundle holds a graph by cosine, and one built at every load would keep a process of a million items from being ready for minutes, to
     * save some milliseconds a query. The scan takes a byte for each number and 16 bytes an item beside, and one to nine microseconds an
     * item to make: of a million items of 64 dimensions 80 MB and 1 s with AVX-512, 9 s without ({@code bench retrieval} prints both). The
     * codes of a scan by inner product do not serve: they lie in the order of lengths, which do not count here, and mostly there are none,
     * because of so many items a graph is searched for users.
     *
     * @param setting {@code auto}, or one of the indexes by name
     * @throws BundleRefusedException if the index that is asked for finds too little
     */
    public static IndexedVectors ofSeeds(GeneratorEntry entry, FloatMatrix items, String setting, ServedShards served)
            throws BundleRefusedException {
        String chosen = label(setting).equals(AUTO) ? EXACT : label(setting);
        IndexChoice choice = IndexChoice.of(chosen, rows(items, served), entry.defaultLimit());
        return built(entry, items, Similarity.COSINE, choice, items, served);
    }

    /** Builds an index; one that finds too little is not served. */
    private static IndexedVectors built(
            GeneratorEntry entry,
            FloatMatrix items,
            Similarity similarity,
            IndexChoice choice,
            FloatMatrix queries,
            ServedShards served)
            throws BundleRefusedException {
        VectorIndex index = over(items, similarity, served, rows -> build(rows, similarity, choice));
        String explanation = index.describe() + "; " + choice.explanation();
        if (index.exact()) {
            return new IndexedVectors(index, explanation, 1);
        }
        try (VectorIndex exact = over(items, similarity, served, rows -> ExactScanIndex.closeable(rows, similarity))) {
            return measured(entry, similarity, new IndexedVectors(index, explanation, 1), exact, queries);
        }
    }

    /**
     * What was built with what it was found to find; one that finds too little is closed and not served.
     *
     * @param exact over the same items
     */
    static IndexedVectors measured(
            GeneratorEntry entry, Similarity similarity, IndexedVectors built, VectorIndex exact, FloatMatrix queries)
            throws BundleRefusedException {
        IndexRecall recall;
        try {
            recall = IndexRecall.of(built.index(), exact, queries, entry.defaultLimit(), PROBES);
        } catch (RuntimeException e) {
            built.close();
            throw e;
        }
        if (recall.recall() >= IndexRecall.LEAST) {
            return new IndexedVectors(built.index(), built.explanation(), (float) recall.recall());
        }
        built.close();
        throw new BundleRefusedException(
                entry.file(),
                "generator %s by %s: the %s built here has %s, must be at least %s; ask for \"index: auto\" or \"exact\""
                        .formatted(
                                entry.name(), similarity.label(), built.index().describe(), recall, IndexRecall.LEAST));
    }

    private static int rows(FloatMatrix items, ServedShards served) {
        return served.whole()
                ? items.rows()
                : served.served().stream()
                        .mapToInt(shard -> served.rows(shard).size())
                        .sum();
    }

    /** One index over all items, or one for each shard served. */
    private static VectorIndex over(
            FloatMatrix items, Similarity similarity, ServedShards served, Function<FloatMatrix, VectorIndex> index) {
        if (served.whole()) {
            return index.apply(items);
        }
        return new ShardedIndex(
                served.served().stream()
                        .map(served::rows)
                        .filter(range -> range.size() > 0)
                        .map(range -> new ShardedIndex.Shard(range, index.apply(range.of(items))))
                        .toList(),
                new VectorScorer(items, similarity));
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

    @Override
    public void close() {
        index.close();
    }

    private static String label(String setting) {
        return setting.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
