package dev.funnel.bundle.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.schema.CrossFeature.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of crosses, hashed tables and blocks of row numbers. */
class KeyedFeaturesTest {
    private static final VectorTable HASHED =
            new VectorTable("hashed", 1, VectorTable.Keys.HASH, "ranker/features.safetensors", "table.hashed", 1_000);
    private static final VectorTable NUMBERED = new VectorTable("numbered", 0, VectorTable.Keys.ITEM, "", "");
    private static final Part COUNTRY = new Part(Reading.PROFILE, "country");
    private static final Part DEVICE = new Part(Reading.CONTEXT, "device");
    private static final Part LANGUAGE = new Part(Reading.COLUMN, "language");

    private static FeatureSchema with(Source source, BlockType type, Feature... features) {
        return new FeatureSchema(
                50,
                List.of(HASHED, NUMBERED),
                List.of(new Block("b", source, List.of(features), type)),
                List.of(new Head("watch_time", "out", "s")));
    }

    private static FeatureSchema crossed(Source source, Part... parts) {
        return with(source, BlockType.FLOAT32, new CrossFeature("x", List.of(parts), "hashed"));
    }

    private static FeatureSchema indexed(Source source, Reading from, int length) {
        return with(source, BlockType.INT64, new IndexFeature("x", from, null, "numbered", 1, 0, length));
    }

    private static void refused(String part, Runnable making) {
        InvalidSchemaException refusal = assertThrows(InvalidSchemaException.class, making::run);
        assertTrue(String.valueOf(refusal.getMessage()).contains(part), refusal.getMessage());
    }

    @Test
    void schemas_of_crosses_and_of_row_numbers_come_back_from_their_json() {
        for (FeatureSchema schema :
                List.of(crossed(Source.PAIR, COUNTRY, LANGUAGE), indexed(Source.USER, Reading.HISTORY_ITEMS, 20))) {
            assertEquals(schema, FeatureSchema.parse(schema.toJson()), new String(schema.toJson(), UTF_8));
        }
    }

    @Test
    void a_block_that_says_no_type_holds_floats() {
        String json = new String(crossed(Source.PAIR, COUNTRY, LANGUAGE).toJson(), UTF_8);
        String silent = json.replaceFirst(",\\s*\"dtype\" : \"float32\"", "");
        assertFalse(silent.contains("dtype"), silent);
        assertEquals(
                BlockType.FLOAT32,
                FeatureSchema.parse(silent.getBytes(UTF_8)).blocks().getFirst().dtype());
    }

    @Test
    void a_cross_belongs_to_the_source_of_its_parts_or_to_the_pair() {
        crossed(Source.USER, COUNTRY, new Part(Reading.USER_ID, null));
        crossed(Source.CONTEXT, COUNTRY, DEVICE);
        crossed(Source.ITEM, LANGUAGE, new Part(Reading.ID, null));
        crossed(Source.PAIR, DEVICE, COUNTRY, LANGUAGE);
        refused("with source PAIR", () -> crossed(Source.ITEM, COUNTRY, LANGUAGE));
    }

    @Test
    void what_cannot_be_crossed_is_refused() {
        refused("parts: \"1\" is refused: must be 2 to 4", () -> crossed(Source.USER, COUNTRY));
        refused("cannot be crossed", () -> crossed(Source.PAIR, COUNTRY, new Part(Reading.AGE, "published_at")));
        refused("cannot be crossed", () -> crossed(Source.PAIR, LANGUAGE, new Part(Reading.HISTORY_ITEMS, null)));
    }

    @Test
    void a_table_of_buckets_says_how_many_and_no_other_does() {
        refused("buckets: \"0\"", () -> table(VectorTable.Keys.HASH, 0));
        refused("buckets: \"16777217\"", () -> table(VectorTable.Keys.HASH, (1 << 24) + 1));
        refused("keys HASH", () -> table(VectorTable.Keys.TEXT, 7));
    }

    private static FeatureSchema table(VectorTable.Keys keys, int buckets) {
        VectorTable table = new VectorTable("t", 1, keys, "f", "t", buckets);
        Feature language = new CategoryFeature("x", Reading.COLUMN, "language", "t");
        return new FeatureSchema(
                50,
                List.of(table),
                List.of(new Block("b", Source.ITEM, List.of(language))),
                List.of(new Head("watch_time", "out", "s")));
    }

    @Test
    void row_numbers_stand_in_blocks_of_int64_and_nothing_else_does() {
        indexed(Source.ITEM, Reading.ID, 1);
        IndexFeature index = new IndexFeature("x", Reading.ID, null, "numbered", 0, 0, 1);
        refused("no index features", () -> with(Source.ITEM, BlockType.FLOAT32, index));
        CategoryFeature category = new CategoryFeature("x", Reading.COLUMN, "language", "hashed");
        refused("only index features", () -> with(Source.ITEM, BlockType.INT64, category));
        refused("length: \"1001\"", () -> indexed(Source.USER, Reading.HISTORY_ITEMS, 1001));
    }

    @Test
    void a_table_without_a_matrix_is_not_embedded() {
        refused(
                "width above 0",
                () -> with(Source.ITEM, BlockType.FLOAT32, new CategoryFeature("x", Reading.ID, null, "numbered")));
    }
}
