package dev.funnel.trainer.rank;

import dev.funnel.inference.feature.CandidateRows;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.Lookup;
import dev.funnel.inference.feature.Vocabulary;
import dev.funnel.trainer.learn.EmbeddingTable;
import dev.funnel.trainer.learn.graph.GraphTraining;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Sends the gradients of a batch's inputs to the rows of embeddings that filled them, and moves those rows; a table is one part of
 * the work, so that several move side by side and none is touched by two threads.
 */
final class TableGradients implements GraphTraining.Beside {
    private final FeatureTransform transform;
    private final List<Map.Entry<String, EmbeddingTable>> tables;
    private final float learningRate;
    private final int[] widths;
    private List<ReadPage> pages = List.of();
    private IntFunction<float[]> gradientOfBlock = block -> new float[0];

    TableGradients(FeatureTransform transform, Map<String, EmbeddingTable> tables, float learningRate) {
        this.transform = transform;
        this.tables = List.copyOf(tables.entrySet());
        this.learningRate = learningRate;
        this.widths = transform.schema().blocks().stream()
                .mapToInt(transform.schema()::width)
                .toArray();
    }

    /** Turns to a batch: its pages, and the gradient of each block, row-major. */
    void of(List<ReadPage> batch, IntFunction<float[]> gradients) {
        pages = batch;
        gradientOfBlock = gradients;
    }

    @Override
    public int parts() {
        return tables.size();
    }

    @Override
    public void work(int part) {
        String name = tables.get(part).getKey();
        EmbeddingTable table = tables.get(part).getValue();
        for (Lookup lookup : transform.lookups()) {
            if (lookup.table().name().equals(name)) {
                int at = 0;
                for (ReadPage page : pages) {
                    collect(lookup, table, page, at);
                    at += page.size();
                }
            }
        }
        table.step(learningRate);
    }

    private void collect(Lookup lookup, EmbeddingTable table, ReadPage page, int at) {
        switch (lookup) {
            case Lookup.OfRequest ofRequest -> collectRequest(ofRequest, table, page, at);
            case Lookup.OfItem ofItem -> collectItems(ofItem, table, page, at);
            case Lookup.OfCandidate cross -> collectCross(cross, table, page, at);
        }
    }

    private void collectRequest(Lookup.OfRequest lookup, EmbeddingTable table, ReadPage page, int at) {
        int[] rows = page.request().rows()[lookup.slot()];
        if (rows.length == 0) {
            return;
        }
        float[] gradient = gradientOfBlock.apply(lookup.block());
        int width = widths[lookup.block()];
        float[] sum = new float[table.width()];
        for (int i = 0; i < page.size(); i++) {
            for (int c = 0; c < sum.length; c++) {
                sum[c] += gradient[(at + i) * width + lookup.column() + c];
            }
        }
        for (int row : rows) {
            table.collect(row, sum, 0, 1f / rows.length);
        }
    }

    private void collectItems(Lookup.OfItem lookup, EmbeddingTable table, ReadPage page, int at) {
        float[] gradient = gradientOfBlock.apply(lookup.block());
        int width = widths[lookup.block()];
        int[] items = page.candidates().items();
        for (int i = 0; i < items.length; i++) {
            int known = 0;
            for (int v = 0; v < lookup.count(items[i]); v++) {
                known += lookup.row(items[i], v) == Vocabulary.UNKNOWN ? 0 : 1;
            }
            for (int v = 0; v < lookup.count(items[i]); v++) {
                int row = lookup.row(items[i], v);
                if (row != Vocabulary.UNKNOWN) {
                    table.collect(row, gradient, (at + i) * width + lookup.column(), 1f / known);
                }
            }
        }
    }

    private void collectCross(Lookup.OfCandidate lookup, EmbeddingTable table, ReadPage page, int at) {
        float[] gradient = gradientOfBlock.apply(lookup.block());
        int width = widths[lookup.block()];
        CandidateRows read = page.candidates().rows()[lookup.slot()];
        for (int i = 0; i < page.size(); i++) {
            int begin = read.begin(i);
            int end = read.ends()[i];
            for (int r = begin; r < end; r++) {
                table.collect(read.rows()[r], gradient, (at + i) * width + lookup.column(), 1f / (end - begin));
            }
        }
    }
}
