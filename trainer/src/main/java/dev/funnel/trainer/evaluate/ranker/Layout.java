package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of {@link Examples}. All fields draw their codes from one range and all crosses from another.
 *
 * @param fields names
 * @param values codes of fields are below this
 * @param crosses names
 * @param crossValues codes of crosses are below this
 * @param numbers names
 */
record Layout(List<String> fields, int values, List<String> crosses, int crossValues, List<String> numbers) {

    /** Rows of fields. */
    static final String VECTORS = "vectors";

    /** Rows of width 1: of fields, then of crosses. */
    static final String WEIGHTS = "weights";

    /** What a network gives. */
    static final Head HEAD = new Head("label", "prediction", "1");

    /**
     * The schema for a network: a row of the data is an item with columns.
     *
     * @param width of the fields' rows; 0: fields have none
     * @param linear whether fields and crosses have weights of their own
     */
    FeatureSchema schema(int width, boolean linear) {
        List<VectorTable> tables = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        if (width > 0) {
            tables.add(table(VECTORS, width));
            blocks.add(new Block(VECTORS, Source.ITEM, lookups(fields, "", VECTORS)));
        }
        if (linear) {
            List<Feature> weights = new ArrayList<>(lookups(fields, "weight_", WEIGHTS));
            weights.addAll(lookups(crosses, "cross_", WEIGHTS));
            tables.add(table(WEIGHTS, 1));
            blocks.add(new Block(WEIGHTS, Source.ITEM, weights));
        }
        if (!numbers.isEmpty()) {
            blocks.add(new Block(
                    "numbers", Source.ITEM, numbers.stream().map(Layout::number).toList()));
        }
        return new FeatureSchema(1, tables, blocks, List.of(HEAD));
    }

    private static VectorTable table(String name, int width) {
        return new VectorTable(name, width, VectorTable.Keys.TEXT, "ranker/features.safetensors", name);
    }

    private static List<Feature> lookups(List<String> names, String prefix, String table) {
        List<Feature> lookups = new ArrayList<>();
        names.forEach(name -> lookups.add(new CategoryFeature(prefix + name, Reading.COLUMN, name, table)));
        return lookups;
    }

    private static Feature number(String name) {
        return new NumberFeature(name, Reading.COLUMN, name, Scale.NONE, false, 0, false);
    }
}
