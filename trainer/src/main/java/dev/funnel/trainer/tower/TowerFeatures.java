package dev.funnel.trainer.tower;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.Column;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.SearchTokens;
import dev.funnel.bundle.schema.BagFeature;
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
import dev.funnel.inference.Tower;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the two towers read: every feature that the tables and the log at hand allow. */
public final class TowerFeatures {
    private static final String SEARCHES = SearchTokens.COLUMN;

    /** The one output of a tower. */
    static final String OUTPUT = "vector";

    /** The feature that is an item's own embedding. */
    static final String ITEM_ID = "item_id";

    private static final String WATCHED = "watched";
    private static final String ITEM = "item";

    private final TowerInput input;
    private final TowerSettings settings;
    private final String file;
    private final Map<String, VectorTable> tables = new LinkedHashMap<>();

    private TowerFeatures(TowerInput input, TowerSettings settings, String file) {
        this.input = input;
        this.settings = settings;
        this.file = file;
    }

    /** The schema of the tower of people; its tensors will lie in {@code file}. */
    static FeatureSchema ofPeople(TowerInput input, TowerSettings settings, String file) {
        TowerFeatures features = new TowerFeatures(input, settings, file);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block("user", Source.USER, features.user()));
        List<Feature> context = features.context();
        if (!context.isEmpty()) {
            blocks.add(new Block("context", Source.CONTEXT, context));
        }
        return features.schema(blocks, settings.query());
    }

    /** The schema of the tower of items. */
    static FeatureSchema ofItems(TowerInput input, TowerSettings settings, TowerShape shape, String file) {
        TowerFeatures features = new TowerFeatures(input, settings, file);
        return features.schema(List.of(new Block("item", Source.ITEM, features.item())), shape);
    }

    private FeatureSchema schema(List<Block> blocks, TowerShape shape) {
        Head head = new Head(OUTPUT, OUTPUT, "1", shape.dimensions());
        return new FeatureSchema(settings.features().watches(), List.copyOf(tables.values()), blocks, List.of(head));
    }

    private List<Feature> user() {
        List<Feature> features = new ArrayList<>();
        features.add(new BagFeature("recent_items", Reading.HISTORY_ITEMS, null, itemTable(WATCHED)));
        features.add(quantile("recent_count", Reading.HISTORY_COUNT));
        input.items().columns().forEach((name, column) -> {
            if (isCategories(column)) {
                features.add(
                        new BagFeature("recent_" + name, Reading.HISTORY_COLUMN, name, textTable("recent_", name)));
            }
        });
        input.users().columns().forEach((name, column) -> profile(features, name, column));
        if (input.vocabularies().of(SEARCHES).size() > 0) {
            features.add(new BagFeature(SEARCHES, Reading.PROFILE, SEARCHES, textTable("user_", SEARCHES)));
        }
        features.add(new NumberFeature(Tower.KNOWN, Reading.PROFILE, Tower.KNOWN, Scale.NONE, false, 0, false));
        return features;
    }

    private void profile(List<Feature> features, String name, Column column) {
        if (name.equals(SEARCHES)) {
            return;
        }
        switch (column.kind()) {
            case NUMBER ->
                features.add(new NumberFeature("user_" + name, Reading.PROFILE, name, Scale.STANDARD, false, 0, true));
            case CATEGORY ->
                features.add(new CategoryFeature("user_" + name, Reading.PROFILE, name, textTable("user_", name)));
            case CATEGORY_LIST ->
                features.add(new BagFeature("user_" + name, Reading.PROFILE, name, textTable("user_", name)));
            case TEXT, TIME -> {}
        }
    }

    private List<Feature> context() {
        List<Feature> features = new ArrayList<>();
        for (String name : input.contexts()) {
            if (input.vocabularies().of(name).size() > 0) {
                features.add(
                        new CategoryFeature("context_" + name, Reading.CONTEXT, name, textTable("context_", name)));
            }
        }
        if (input.timed() && settings.features().exampleAge()) {
            features.add(new NumberFeature("example_age", Reading.EXAMPLE_AGE, null, Scale.STANDARD, true, 0, false));
        }
        return features;
    }

    private List<Feature> item() {
        List<Feature> features = new ArrayList<>();
        features.add(new CategoryFeature(ITEM_ID, Reading.ID, null, itemTable(ITEM)));
        input.items().columns().forEach((name, column) -> {
            switch (column) {
                case CategoryColumn categories ->
                    features.add(new CategoryFeature("item_" + name, Reading.COLUMN, name, textTable("item_", name)));
                case CategoryListColumn lists ->
                    features.add(new BagFeature("item_" + name, Reading.COLUMN, name, textTable("item_", name)));
                case NumberColumn numbers ->
                    features.add(
                            new NumberFeature("item_" + name, Reading.COLUMN, name, Scale.STANDARD, false, 0, true));
                default -> {}
            }
        });
        return features;
    }

    private static boolean isCategories(Column column) {
        return column instanceof CategoryColumn || column instanceof CategoryListColumn;
    }

    private static NumberFeature quantile(String name, Reading from) {
        return new NumberFeature(name, from, null, Scale.QUANTILE, true, 0, false);
    }

    private String itemTable(String name) {
        tables.put(
                name, new VectorTable(name, settings.features().items(), VectorTable.Keys.ITEM, file, "table." + name));
        return name;
    }

    private String textTable(String of, String name) {
        String table = of + name;
        int width = Math.clamp(
                input.vocabularies().of(name).size(), 2, settings.features().categories());
        tables.put(table, new VectorTable(table, width, VectorTable.Keys.TEXT, file, "table." + table));
        return table;
    }

    /** What follows the prefix of a table of texts: the name of its vocabulary. */
    static String vocabularyOf(VectorTable table) {
        return table.name().substring(table.name().indexOf('_') + 1);
    }
}
