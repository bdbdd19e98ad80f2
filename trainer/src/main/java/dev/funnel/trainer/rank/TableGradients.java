package dev.funnel.trainer.rank;

import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.Lookup;
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
    private static final float[] NONE = {};

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
        float[] gradient = gradientOfBlock.apply(lookup.block());
        int width = widths[lookup.block()];
        float[] sum = lookup instanceof Lookup.OfRequest ? sum(gradient, width, lookup, table, page, at) : NONE;
        LookedUpRows.visit(lookup, page, new LookedUpRows() {
            @Override
            public void ofPage(int row, float share) {
                table.collect(row, sum, 0, share);
            }

            @Override
            public void ofExample(int row, int i, float share) {
                table.collect(row, gradient, (at + i) * width + lookup.column(), share);
            }
        });
    }

    /** The gradient of what a whole page looks up. */
    private static float[] sum(
            float[] gradient, int width, Lookup lookup, EmbeddingTable table, ReadPage page, int at) {
        float[] sum = new float[table.width()];
        for (int i = 0; i < page.size(); i++) {
            for (int c = 0; c < sum.length; c++) {
                sum[c] += gradient[(at + i) * width + lookup.column() + c];
            }
        }
        return sum;
    }
}
