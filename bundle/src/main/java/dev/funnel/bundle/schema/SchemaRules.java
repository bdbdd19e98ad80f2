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
    private static final int MAX_BUCKETS = 1 << 24;
    private static final int MAX_INDEXES = 1_000;
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
        require(
                table.width() >= 0 && table.width() <= MAX_WIDTH,
                place + " width",
                table.width(),
                "must be 0 to " + MAX_WIDTH);
        present(place + " keys", table.keys());
        checkBuckets(place + " buckets", table);
        if (table.stored()) {
            argument(place + " file", table.file());
            argument(place + " tensor", table.tensor());
        }
        require(tables.put(table.name(), table) == null, place, table.name(), "must be named once");
    }

    private static void checkBuckets(String place, VectorTable table) {
        switch (table.keys()) {
            case HASH -> inRange(place, table.buckets(), MAX_BUCKETS);
            case ITEM, TEXT ->
                require(table.buckets() == 0, place, table.buckets(), "belongs to tables with keys HASH");
        }
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
        require(
                (block.dtype() == BlockType.INT64) == (feature instanceof IndexFeature),
                place,
                block.dtype(),
                "is the type of a block that holds " + (block.dtype() == BlockType.INT64 ? "only" : "no")
                        + " index features");
        switch (feature) {
            case ReadingFeature one -> checkReading(place, block, one);
            case CrossFeature cross -> checkCross(place, block, cross);
        }
    }

    private void checkReading(String place, Block block, ReadingFeature feature) {
        Reading from = feature.from();
        present(place + " from", from);
        sourceOf(block, place, from, from.source());
        checkArgument(place, from, feature.of());
        checkShape(place, feature);
    }

    private static void sourceOf(Block block, String place, Object read, Source source) {
        require(
                source == block.source(),
                place,
                read,
                "is read by blocks with source " + source + "; block \"" + block.name() + "\" has " + block.source());
    }

    private void checkCross(String place, Block block, CrossFeature cross) {
        int parts = cross.parts().size();
        require(
                parts >= 2 && parts <= CrossFeature.MOST_PARTS,
                place + " parts",
                parts,
                "must be 2 to " + CrossFeature.MOST_PARTS);
        for (CrossFeature.Part part : cross.parts()) {
            present(place + " from", part.from());
            boolean crosses = (part.from().gives(Shape.CATEGORY) || part.from().gives(Shape.BAG))
                    && part.from() != Reading.HISTORY_ITEMS
                    && part.from() != Reading.HISTORY_COLUMN;
            require(crosses, place, part.from(), "cannot be crossed: it gives no category");
            checkArgument(place, part.from(), part.of());
        }
        sourceOf(block, place, "cross", cross.source());
        embeds(place, cross.table(), false);
    }

    private void checkArgument(String place, Reading from, @Nullable String of) {
        if (from.argument() == Argument.NONE) {
            require(of == null, place, of, from + " takes no \"of\"");
            return;
        }
        argument(place + " of", of);
        if (from.argument() == Argument.TABLE) {
            VectorTable table = declared(place, of);
            require(
                    table.keys() == VectorTable.Keys.ITEM && table.width() > 0,
                    place,
                    of,
                    "must name a table with keys ITEM and a matrix, not " + table.keys());
        }
    }

    private void checkShape(String place, ReadingFeature feature) {
        switch (feature) {
            case NumberFeature number -> {
                gives(place, number, Shape.NUMBER);
                present(place + " scale", number.scale());
                require(Float.isFinite(number.missing()), place + " missing", number.missing(), "must be finite");
            }
            case CategoryFeature category -> {
                gives(place, category, Shape.CATEGORY);
                embeds(place, category.table(), keyedByItem(category));
            }
            case BagFeature bag -> {
                gives(place, bag, Shape.BAG);
                embeds(place, bag.table(), keyedByItem(bag));
            }
            case EmbeddingFeature embedding -> gives(place, embedding, Shape.EMBEDDING);
            case IndexFeature index -> checkIndex(place, index);
        }
    }

    private void checkIndex(String place, IndexFeature index) {
        require(
                index.from().gives(Shape.CATEGORY) || index.from().gives(Shape.BAG),
                place,
                index.from(),
                "cannot be read as CATEGORY or BAG");
        keyed(place, index.table(), keyedByItem(index));
        require(index.first() >= 0, place + " first", index.first(), "must be 0 or more");
        require(index.unknown() >= 0, place + " unknown", index.unknown(), "must be 0 or more");
        inRange(place + " length", index.length(), MAX_INDEXES);
    }

    private static boolean keyedByItem(ReadingFeature feature) {
        return feature.from() == Reading.ID || feature.from() == Reading.HISTORY_ITEMS;
    }

    /** The table must fit the keys and have a matrix. */
    private void embeds(String place, @Nullable String name, boolean byItem) {
        VectorTable table = keyed(place, name, byItem);
        require(table.width() > 0, place, name, "must name a table with a width above 0");
    }

    /** Items are keys by their index or by their id, all else is a key by its text. */
    private VectorTable keyed(String place, @Nullable String name, boolean byItem) {
        VectorTable table = declared(place, name);
        require(
                byItem || table.keys() != VectorTable.Keys.ITEM,
                place,
                name,
                "must name a table with keys TEXT or HASH, not " + table.keys());
        return table;
    }

    private VectorTable declared(String place, @Nullable String name) {
        VectorTable table = name == null ? null : tables.get(name);
        if (table == null) {
            throw new InvalidSchemaException(place, name, "must name one of the tables " + tables.keySet());
        }
        return table;
    }

    private static void gives(String place, ReadingFeature feature, Shape shape) {
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
