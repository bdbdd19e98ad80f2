package dev.funnel.trainer.rank;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.CrossFeature;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.IndexFeature;
import dev.funnel.bundle.schema.InvalidSchemaException;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.ReadingFeature;
import dev.funnel.bundle.schema.VectorTable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a ranker that is trained reads: a feature schema before any data is known. An instance has passed the schema's rules, and reads
 * nothing that a log cannot tell of an example.
 *
 * @param recentWatches how many of the newest watches "recent" means
 * @param tables looked up by the features
 * @param blocks inputs of the network, of float32
 */
public record DeclaredFeatures(int recentWatches, List<DeclaredTable> tables, List<Block> blocks) {
    /** Where the ranker's own tensors lie in a bundle. */
    static final String FILE = "ranker/features.safetensors";

    private static final Set<Reading> OF_SOURCES = Set.of(Reading.NOMINATED, Reading.NOMINATIONS);
    private static final Head ANY = new Head("any", "any", "1");

    public DeclaredFeatures {
        tables = List.copyOf(tables);
        blocks = List.copyOf(blocks);
        List<VectorTable> supposed =
                tables.stream().map(DeclaredFeatures::supposed).toList();
        new FeatureSchema(recentWatches, supposed, blocks, List.of(ANY));
        for (Block block : blocks) {
            for (Feature feature : block.features()) {
                requireLearnable(feature, tables);
            }
        }
    }

    /** A table whose width comes with the data may have any. */
    private static VectorTable supposed(DeclaredTable table) {
        return table instanceof DeclaredTable.Vectors vectors
                ? new VectorTable(vectors.name(), 1, VectorTable.Keys.ITEM, FILE, "table")
                : table.declared(FILE, null);
    }

    private static void requireLearnable(Feature feature, List<DeclaredTable> tables) {
        String place = "feature \"" + feature.name() + "\"";
        switch (feature) {
            case IndexFeature index ->
                throw new InvalidSchemaException(place, "index", "is for networks that bring their own tables");
            case ReadingFeature one
            when one.from() == Reading.NOMINATED_PLACE ->
                throw new InvalidSchemaException(
                        place, one.from(), "is not in the log of impressions, so nothing is learnt of it");
            case ReadingFeature one -> {}
            case CrossFeature cross -> {
                boolean hashed = tables.stream()
                        .anyMatch(table -> table instanceof DeclaredTable.Buckets
                                && table.name().equals(cross.table()));
                if (!hashed) {
                    throw new InvalidSchemaException(
                            place,
                            cross.table(),
                            "must be a table of buckets: no vocabulary of combinations is counted");
                }
            }
        }
    }

    /**
     * Refuses what the examples tell nothing of: a network would be served what it never saw.
     *
     * @throws InvalidSchemaException naming the feature
     */
    void requireTold(Examples examples) {
        for (Block block : blocks) {
            for (Feature feature : block.features()) {
                if (feature instanceof ReadingFeature one && !told(one.from(), examples)) {
                    throw new InvalidSchemaException(
                            "feature \"" + feature.name() + "\"",
                            one.from(),
                            one.from() == Reading.UNCLICKED
                                    ? "needs a log of impressions with times"
                                    : "needs a log of impressions with sources");
                }
            }
        }
    }

    private static boolean told(Reading reading, Examples examples) {
        boolean sources = examples instanceof Examples.Impressions shown
                && shown.log().sources().values().length > 0;
        boolean timed =
                examples instanceof Examples.Impressions shown && shown.log().timed();
        return OF_SOURCES.contains(reading) ? sources : reading != Reading.UNCLICKED || timed;
    }

    /** The same with rows of another width in all tables but those of generators' vectors. */
    DeclaredFeatures ofWidth(int width) {
        return new DeclaredFeatures(
                recentWatches,
                tables.stream().map(table -> table.ofWidth(width)).toList(),
                blocks);
    }

    /** The schema, once it is known what vectors there are. */
    FeatureSchema schema(Map<String, ItemVectors> vectors, List<Head> heads) {
        List<VectorTable> declared = tables.stream()
                .map(table -> table.declared(FILE, vectors.get(table.name())))
                .toList();
        return new FeatureSchema(recentWatches, declared, blocks, heads);
    }

    /** True if a table has rows for the texts of that vocabulary. */
    boolean lookUp(String vocabulary) {
        return tables.stream()
                .anyMatch(table -> table instanceof DeclaredTable.Texts texts
                        && texts.texts().equals(vocabulary));
    }
}
