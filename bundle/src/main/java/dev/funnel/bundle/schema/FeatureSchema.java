package dev.funnel.bundle.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The declared inputs and outputs of a bundle's ranker: blocks of features (one ONNX input each), the tables they look up, and
 * the heads the network predicts. Stored as JSON beside the network; an instance has passed every rule of {@link SchemaRules}.
 *
 * @param format version of this form; {@value #FORMAT}
 * @param recentWatches how many of the newest watches "recent" means, 1 to 1,000
 */
public record FeatureSchema(
        int format, int recentWatches, List<VectorTable> tables, List<Block> blocks, List<Head> heads) {
    /** The only form so far. */
    public static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
            .build();

    public FeatureSchema {
        tables = List.copyOf(tables);
        blocks = List.copyOf(blocks);
        heads = List.copyOf(heads);
        SchemaRules.check(format, recentWatches, tables, blocks, heads);
    }

    /** A schema in the current form. */
    public FeatureSchema(int recentWatches, List<VectorTable> tables, List<Block> blocks, List<Head> heads) {
        this(FORMAT, recentWatches, tables, blocks, heads);
    }

    /** Reads the JSON form; {@link InvalidSchemaException} if it is not JSON or breaks a rule. */
    public static FeatureSchema parse(byte[] json) {
        try {
            FeatureSchema schema = JSON.readValue(json, FeatureSchema.class);
            if (schema == null) {
                throw new InvalidSchemaException("schema", "null", "must be a JSON object");
            }
            return schema;
        } catch (JsonProcessingException e) {
            throw refusal(e);
        } catch (IOException e) {
            throw new InvalidSchemaException("schema", e.getMessage(), "must be readable");
        }
    }

    private static InvalidSchemaException refusal(JsonProcessingException e) {
        return e.getCause() instanceof InvalidSchemaException invalid
                ? invalid
                : new InvalidSchemaException("schema", e.getOriginalMessage(), "must be JSON of the schema's form");
    }

    /** The JSON form, UTF-8. */
    public byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a valid schema always has a JSON form", e);
        }
    }

    /** The table of that name. */
    public Optional<VectorTable> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /** How many columns a block has. */
    public int width(Block block) {
        return block.features().stream().mapToInt(this::width).sum();
    }

    /** How many columns a feature fills in its block. */
    public int width(Feature feature) {
        return switch (feature) {
            case NumberFeature number -> number.width();
            case CategoryFeature category -> tableWidth(category.table());
            case BagFeature bag -> tableWidth(bag.table());
            case EmbeddingFeature embedding -> tableWidth(embedding.of());
            case IndexFeature index -> index.length();
            case CrossFeature cross -> tableWidth(cross.table());
        };
    }

    private int tableWidth(String table) {
        return table(table).orElseThrow().width();
    }

    /** Names of all features, in schema order. */
    public List<String> featureNames() {
        return blocks.stream()
                .flatMap(block -> block.features().stream())
                .map(Feature::name)
                .toList();
    }
}
