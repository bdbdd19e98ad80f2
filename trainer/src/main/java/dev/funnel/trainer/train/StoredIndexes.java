package dev.funnel.trainer.train;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.IndexEntry;
import dev.funnel.bundle.ItemShards;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.IndexChoice;
import dev.funnel.retrieval.IndexRecall;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.graph.GraphSettings;
import dev.funnel.retrieval.graph.UnionGraph;
import dev.funnel.retrieval.graph.UnionGraphIndex;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.generate.GeneratorFiles;
import dev.funnel.trainer.train.FittedGenerators.Member;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Builds the indexes that a bundle holds: for item vectors that a graph is chosen for, one union graph for each virtual shard, so that
 * whatever processes share the shards map theirs and build nothing. Each is compared with an exact scan before it is kept.
 *
 * @param shards of the items
 * @param seed of the graphs
 * @param threads that build; the graphs do not depend on their number
 */
record StoredIndexes(BundleStore.Draft draft, ItemShards shards, long seed, int threads) {

    private static final int PROBES = 200;

    /**
     * Writes the index files of a generator and says what the manifest does of them; null if it has no vectors.
     *
     * @throws BundleRefusedException if an index finds less than it has to, naming generator, shard and figures
     */
    @Nullable
    IndexEntry write(Member member, Progress progress) throws IOException, BundleRefusedException {
        FloatMatrix items = member.generator().itemVectors();
        FloatMatrix queries = member.generator().queryVectors();
        String label = member.generator().similarity();
        if (items == null || queries == null || label == null) {
            return null;
        }
        int limit = member.plan().limit();
        IndexChoice choice = IndexChoice.of(member.plan().index().setting(), items.rows(), limit);
        if (choice.kind() != IndexChoice.Kind.UNION_GRAPH) {
            return new IndexEntry("exact", List.of(), limit, 1, choice.explanation());
        }
        FloatMatrix probes = probes(queries);
        List<String> files = new ArrayList<>();
        double least = 1;
        for (int shard = 0; shard < shards.count(); shard++) {
            if (shards.from(shard) < shards.to(shard)) {
                Progress part = progress.part(
                        (double) shards.from(shard) / items.rows(), (double) shards.to(shard) / items.rows());
                FloatMatrix rows = items.rows(shards.from(shard), shards.to(shard));
                String file = IndexEntry.fileOf(GeneratorFiles.tensorsOf(member.name()), shard);
                UnionGraph graph = build(member, shard, rows, Similarity.labelled(label), part);
                least = Math.min(least, measured(member, shard, file, graph, rows, probes));
                TensorFileWriter writer = new TensorFileWriter(draft.file(file));
                graph.addTo(writer, "");
                writer.write();
                files.add(file);
            }
        }
        return new IndexEntry("union-graph", files, limit, least, choice.explanation());
    }

    /** Metrics are built one after the other, each from the first item to the last, so a shard's share is told again for each. */
    private UnionGraph build(Member member, int shard, FloatMatrix rows, Similarity similarity, Progress part) {
        String what = "index of " + member.name() + ", shard " + shard;
        return UnionGraph.build(
                rows,
                similarity,
                GraphSettings.usual(seed, Math.min(threads, 256)),
                (graph, inserted, items) -> part.advance(what + ", " + graph + " graph", (double) inserted / items));
    }

    private static double measured(
            Member member, int shard, String file, UnionGraph graph, FloatMatrix rows, FloatMatrix probes)
            throws BundleRefusedException {
        double target = member.plan().index().leastRecall();
        try (UnionGraphIndex index = new UnionGraphIndex(graph, rows, UnionGraphIndex.USUAL_BREADTH);
                ExactScanIndex exact = new ExactScanIndex(rows, index.similarity())) {
            IndexRecall recall =
                    IndexRecall.of(index, exact, probes, member.plan().limit(), PROBES);
            if (!(recall.recall() >= target)) {
                throw new BundleRefusedException(
                        file,
                        String.format(
                                Locale.ROOT,
                                "index of generator %s, shard %d of %d items: %s, must be at least %s; ask for"
                                        + " \"index: exact\", or a lower index_recall",
                                member.name(),
                                shard,
                                rows.rows(),
                                recall,
                                target));
            }
            return recall.recall();
        }
    }

    /** Some of the vectors, spread evenly, without zeros: nothing is searched for a zero vector, which any index answers right. */
    private static FloatMatrix probes(FloatMatrix queries) {
        int columns = queries.columns();
        int[] chosen = new int[PROBES];
        int count = 0;
        for (int from = 0; from < PROBES; from++) {
            int start = (int) ((long) from * queries.rows() / PROBES);
            int end = (int) ((from + 1L) * queries.rows() / PROBES);
            for (int row = start; row < end; row++) {
                if (!zero(queries.row(row))) {
                    chosen[count++] = row;
                    break;
                }
            }
        }
        float[] flat = new float[count * columns];
        for (int i = 0; i < count; i++) {
            queries.copyRow(chosen[i], flat, i * columns);
        }
        return FloatMatrix.of(flat, count, columns);
    }

    private static boolean zero(float[] vector) {
        for (float value : vector) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
