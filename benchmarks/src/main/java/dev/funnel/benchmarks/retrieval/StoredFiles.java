package dev.funnel.benchmarks.retrieval;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.graph.UnionGraph;
import dev.funnel.retrieval.graph.UnionGraphIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A graph and its item vectors as a bundle holds them, in a folder that is there for one measurement. */
record StoredFiles(UnionGraph graph, VectorSet set) {
    private static final String VECTORS = "item_factors";

    /** From the files to the first answer, seconds. */
    double openSeconds(int k) throws IOException, BundleRefusedException {
        Path folder = Files.createTempDirectory("funnel-bench-");
        Path vectors = folder.resolve("vectors.safetensors");
        Path index = folder.resolve("index.safetensors");
        try {
            new TensorFileWriter(vectors).add(VECTORS, set.items()).write();
            TensorFileWriter writer = new TensorFileWriter(index);
            graph.addTo(writer, "");
            writer.write();
            return opened(vectors, index, k);
        } finally {
            Files.deleteIfExists(vectors);
            Files.deleteIfExists(index);
            Files.delete(folder);
        }
    }

    private double opened(Path vectors, Path index, int k) throws IOException, BundleRefusedException {
        long started = System.nanoTime();
        try (TensorFile rows = TensorFile.open(vectors);
                TensorFile links = TensorFile.open(index)) {
            FloatMatrix items = rows.floats(VECTORS);
            UnionGraph opened = UnionGraph.open(links, "", items, set.similarity());
            try (UnionGraphIndex searched = new UnionGraphIndex(opened, items, UnionGraphIndex.USUAL_BREADTH)) {
                searched.search(set.queries()[0], k, ItemTest.ALL, SearchLimit.none());
                return (System.nanoTime() - started) / 1e9;
            }
        }
    }
}
