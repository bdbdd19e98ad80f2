package dev.funnel.bundle.schema;

import dev.funnel.bundle.schema.Reading.Argument;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold for a feature schema; each broken rule is an {@link InvalidSchemaException} naming place, value and rule. */
final class SchemaRules {
    private static final int MAX_RECENT_WATCHES = 1_000;
    private static final int MAX_BLOCKS = 16;
    private static final int MAX_FEATURES = 512;
    private static final int MAX_TABLES = 64;
    private static final int MAX_HEADS = 16;
    private static final int MAX_WIDTH = 4_096;
    private static final int MAX_ARGUMENT_CHARS = 128;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private final Map<String, VectorTable> tables = new HashMap<>();
    private final Set<String> features = new HashSet<>();

    private SchemaRules() {}

    static void check(int format, int recentWatches, List<VectorTable> tables, List<Block> blocks, List<Head> heads) {
        require(format == FeatureSchema.FORMAT, "format", format, "must be " + FeatureSchema.FORMAT);
        inRange("recent_watches", recentWatches, MAX_RECENT_WATCHES);
        inRange("number of blocks", blocks.size(), MAX_BLOCKS);
        inRange("number of heads", heads.size(), MAX_HEADS);
        require(tables.size() <= MAX_TABLES, "number of tables", tables.size(), "must be at most " + MAX_TABLES);
        SchemaRules rules = new SchemaRules();
        tables.forEach(rules::checkTable);
        rules.checkBlocks(blocks);
        checkHeads(heads);
    }

    private void checkTable(VectorTable table) {
        String place = "table \"" + table.name() + "\"";
        named(place, table.name());
        inRange(place + " width", table.width(), MAX_WIDTH);
        present(place + " keys", table.keys());
        argument(place + " file", table.file());
        argument(place + " tensor", table.tensor());
        require(tables.put(table.name(), table) == null, place, table.name(), "must be named once");
    }

    private void checkBlocks(List<Block> blocks) {
        Set<String> names = new HashSet<>();
        for (Block block : blocks) {
            String place = "block \"" + block.name() + "\"";
            named(place, block.name());
            present(place + " source", block.source());
            require(names.add(block.name()), place, block.name(), "must be named once");
            require(!block.features().isEmpty(), place, "no features", "must have at least one");
            block.features().forEach(feature -> checkFeature(block, feature));
        }
        inRange("number of features", features.size(), MAX_FEATURES);
    }

    private void checkFeature(Block block, Feature feature) {
        String place = "feature \"" + feature.name() + "\"";
        named(place, feature.name());
        require(features.add(feature.name()), place, feature.name(), "must be named once");
        Reading from = feature.from();
        present(place + " from", from);
        require(
                from.source() == block.source(),
                place,
                from,
                "is read by blocks with source " + from.source() + "; block \"" + block.name() + "\" has "
                        + block.source());
        checkArgument(place, from, feature.of());
        checkShape(place, feature);
    }

    private void checkArgument(String place, Reading from, @Nullable String of) {
        if (from.argument() == Argument.NONE) {
            require(of == null, place, of, from + " takes no \"of\"");
            return;
        }
        argument(place + " of", of);
        if (from.argument() == Argument.TABLE) {
            keyed(place, of, VectorTable.Keys.ITEM);
        }
    }

    private void checkShape(String place, Feature feature) {
        switch (feature) {
            case NumberFeature number -> {
                gives(place, number, Shape.NUMBER);
                present(place + " scale", number.scale());
                require(Float.isFinite(number.missing()), place + " missing", number.missing(), "must be finite");
            }
            case CategoryFeature category -> {
                gives(place, category, Shape.CATEGORY);
                keyed(place, category.table(), keys(category));
            }
            case BagFeature bag -> {
                gives(place, bag, Shape.BAG);
                keyed(place, bag.table(), keys(bag));
            }
            case EmbeddingFeature embedding -> gives(place, embedding, Shape.EMBEDDING);
        }
    }

    private static VectorTable.Keys keys(Feature feature) {
        return feature.from() == Reading.ID || feature.from() == Reading.HISTORY_ITEMS
                ? VectorTable.Keys.ITEM
                : VectorTable.Keys.TEXT;
    }

    private void keyed(String place, @Nullable String name, VectorTable.Keys keys) {
        VectorTable table = name == null ? null : tables.get(name);
        if (table == null) {
            throw new InvalidSchemaException(place, name, "must name one of the tables " + tables.keySet());
        }
        require(table.keys() == keys, place, name, "must name a table with keys " + keys + ", not " + table.keys());
    }

    private static void gives(String place, Feature feature, Shape shape) {
        require(feature.from().gives(shape), place, feature.from(), "cannot be read as " + shape);
    }

    private static void checkHeads(List<Head> heads) {
        Set<String> names = new HashSet<>();
        Set<String> outputs = new HashSet<>();
        for (Head head : heads) {
            String place = "head \"" + head.name() + "\"";
            named(place, head.name());
            argument(place + " output", head.output());
            argument(place + " unit", head.unit());
            inRange(place + " width", head.width(), MAX_WIDTH);
            require(names.add(head.name()), place, head.name(), "must be named once");
            require(outputs.add(head.output()), place + " output", head.output(), "must belong to one head");
        }
    }

    private static void named(String place, @Nullable String name) {
        require(name != null && NAME.matcher(name).matches(), place + " name", name, "must match " + NAME);
    }

    private static void argument(String place, @Nullable String value) {
        require(
                value != null && !value.isEmpty() && value.length() <= MAX_ARGUMENT_CHARS,
                place,
                value,
                "must have 1 to " + MAX_ARGUMENT_CHARS + " characters");
    }

    private static void present(String place, @Nullable Object value) {
        require(value != null, place, value, "must be given");
    }

    private static void inRange(String place, int value, int most) {
        require(value >= 1 && value <= most, place, value, "must be 1 to " + most);
    }

    private static void require(boolean holds, String place, @Nullable Object value, String rule) {
        if (!holds) {
            throw new InvalidSchemaException(place, value, rule);
        }
    }
}
