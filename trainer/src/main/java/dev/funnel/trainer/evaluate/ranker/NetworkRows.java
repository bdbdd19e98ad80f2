package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.trainer.learn.RowTable;
import dev.funnel.trainer.learn.graph.GraphTraining;
import dev.funnel.trainer.network.BuiltNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Fills the blocks of a {@link Layout}'s schema for rows of examples, and sends gradients back to the rows that filled them. */
final class NetworkRows {
    private final FeatureSchema schema;
    private final Layout layout;
    private final Map<String, RowTable> tables = new LinkedHashMap<>();

    NetworkRows(Layout layout, NetworkPlan.Inputs inputs, long seed) {
        this.layout = layout;
        this.schema = layout.schema(inputs.width(), inputs.linear());
        if (inputs.width() > 0) {
            tables.put(Layout.VECTORS, new RowTable(layout.values(), inputs.width(), inputs.deviation(), seed));
        }
        if (inputs.linear()) {
            int rows = layout.values() + layout.crossValues();
            tables.put(Layout.WEIGHTS, new RowTable(rows, 1, 0, seed));
        }
    }

    FeatureSchema schema() {
        return schema;
    }

    Map<String, RowTable> tables() {
        return tables;
    }

    /** How many columns a block has. */
    int width(int block) {
        return schema.width(schema.blocks().get(block));
    }

    /** Fills a row of a block from row {@code row} of the examples. */
    void fill(Examples examples, int row, int block, float[] into, int at) {
        Block filled = schema.blocks().get(block);
        RowTable table = tables.get(filled.name());
        if (table == null) {
            for (int n = 0; n < examples.numbers().length; n++) {
                into[at + n] = examples.numbers()[n][row];
            }
            return;
        }
        int lookups = filled.features().size();
        for (int lookup = 0; lookup < lookups; lookup++) {
            table.read(code(examples, row, lookup), into, at + lookup * table.width());
        }
    }

    /** Row of the table that a lookup of a block reads: fields first, then crosses. */
    private int code(Examples examples, int row, int lookup) {
        int fields = examples.fields().length;
        if (lookup < fields) {
            return examples.fields()[lookup][row];
        }
        int code = examples.crosses()[lookup - fields][row];
        return code == Examples.UNKNOWN ? code : layout.values() + code;
    }

    /** Moves the table rows that filled a batch against the gradients of its blocks, part by part. */
    GraphTraining.Beside move(
            Examples examples, int[] batch, GraphTraining training, BuiltNetwork network, NetworkPlan.Descent descent) {
        List<Integer> blocks = new ArrayList<>();
        for (int block = 0; block < schema.blocks().size(); block++) {
            if (tables.containsKey(schema.blocks().get(block).name())) {
                blocks.add(block);
            }
        }
        return new GraphTraining.Beside() {
            @Override
            public int parts() {
                return blocks.size() * RowTable.PARTS;
            }

            @Override
            public void work(int part) {
                int block = blocks.get(part / RowTable.PARTS);
                float[] gradient = training.gradient(network.input(block));
                RowTable table = Objects.requireNonNull(
                        tables.get(schema.blocks().get(block).name()));
                collect(examples, batch, block, part % RowTable.PARTS, table, gradient);
                table.step(part % RowTable.PARTS, descent.tableRate(), descent.tableDecay());
            }
        };
    }

    private void collect(Examples examples, int[] batch, int block, int part, RowTable table, float[] gradient) {
        int lookups = schema.blocks().get(block).features().size();
        for (int i = 0; i < batch.length; i++) {
            for (int lookup = 0; lookup < lookups; lookup++) {
                int row = code(examples, batch[i], lookup);
                if (row != Examples.UNKNOWN) {
                    table.collect(part, row, gradient, (i * lookups + lookup) * table.width());
                }
            }
        }
    }
}
