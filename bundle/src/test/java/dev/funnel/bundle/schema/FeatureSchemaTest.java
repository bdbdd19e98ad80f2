package dev.funnel.bundle.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FeatureSchemaTest {
    private static final String FILE = "ranker/features.safetensors";
    private static final VectorTable ITEMS = new VectorTable("item", 16, VectorTable.Keys.ITEM, FILE, "table.item");
    private static final VectorTable LANGUAGES =
            new VectorTable("language", 4, VectorTable.Keys.TEXT, FILE, "table.language");
    private static final Feature AGE =
            new NumberFeature("user_age", Reading.PROFILE, "age", Scale.QUANTILE, true, 0.5f, true);
    private static final Feature LANGUAGE =
            new CategoryFeature("item_language", Reading.COLUMN, "language", "language");
    private static final Feature WATCHED = new BagFeature("recent_items", Reading.HISTORY_ITEMS, null, "item");
    private static final List<Head> HEADS = List.of(new Head("watch_time", "watch_time", "s"));

    private static FeatureSchema schema() {
        return new FeatureSchema(
                50,
                List.of(ITEMS, LANGUAGES),
                List.of(
                        new Block("user", Source.USER, List.of(AGE, WATCHED)),
                        new Block("item", Source.ITEM, List.of(LANGUAGE))),
                HEADS);
    }

    private static FeatureSchema with(Source source, Feature... features) {
        return new FeatureSchema(
                50, List.of(ITEMS, LANGUAGES), List.of(new Block("b", source, List.of(features))), HEADS);
    }

    private static void refused(String place, String value, String rule, Runnable making) {
        InvalidSchemaException refusal = assertThrows(InvalidSchemaException.class, making::run);
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(place), message);
        assertTrue(message.contains(value), message);
        assertTrue(message.contains(rule), message);
    }

    @Test
    void a_schema_comes_back_from_its_json_as_it_was() {
        assertEquals(schema(), FeatureSchema.parse(schema().toJson()));
    }

    @Test
    void a_number_fills_a_column_for_itself_its_powers_and_its_absence() {
        FeatureSchema schema = schema();
        assertEquals(4, schema.width(AGE));
        assertEquals(4 + 16, schema.width(schema.blocks().getFirst()));
        assertEquals(4, schema.width(schema.blocks().getLast()));
    }

    @Test
    void a_feature_in_a_block_of_another_source_is_refused() {
        refused("feature \"user_age\"", "PROFILE", "with source USER", () -> with(Source.ITEM, AGE));
    }

    @Test
    void two_features_of_one_name_are_refused() {
        refused("feature \"user_age\"", "user_age", "named once", () -> with(Source.USER, AGE, AGE));
    }

    @Test
    void a_table_that_is_not_declared_is_refused() {
        Feature feature = new CategoryFeature("x", Reading.COLUMN, "language", "tongue");
        refused("feature \"x\"", "tongue", "must name one of the tables", () -> with(Source.ITEM, feature));
    }

    @Test
    void a_table_with_the_wrong_keys_is_refused() {
        Feature feature = new CategoryFeature("x", Reading.COLUMN, "language", "item");
        refused("feature \"x\"", "item", "keys TEXT or HASH", () -> with(Source.ITEM, feature));
    }

    @Test
    void a_reading_in_a_form_it_cannot_have_is_refused() {
        Feature feature = new NumberFeature("x", Reading.ID, null, Scale.NONE, false, 0, false);
        refused("feature \"x\"", "ID", "cannot be read as NUMBER", () -> with(Source.ITEM, feature));
    }

    @Test
    void a_reading_that_needs_an_argument_is_refused_without_one() {
        Feature feature = new NumberFeature("x", Reading.COLUMN, null, Scale.NONE, false, 0, false);
        refused("feature \"x\" of", "null", "1 to 128 characters", () -> with(Source.ITEM, feature));
    }

    @Test
    void a_missing_value_that_is_not_finite_is_refused() {
        Feature feature = new NumberFeature("x", Reading.COLUMN, "y", Scale.NONE, false, Float.NaN, false);
        refused("feature \"x\" missing", "NaN", "finite", () -> with(Source.ITEM, feature));
    }

    @Test
    void a_name_that_is_no_name_is_refused_and_shown_shortened() {
        String long_name = "Ab".repeat(100);
        Feature feature = new NumberFeature(long_name, Reading.COLUMN, "y", Scale.NONE, false, 0, false);
        refused("name", "Ab".repeat(40) + "...\"", "must match", () -> with(Source.ITEM, feature));
    }

    @Test
    void text_that_is_not_a_schema_is_refused() {
        for (String text : List.of("", "{", "[]", "null", "{\"format\": 1}", "{\"format\": 1, \"blocks\": 3}")) {
            assertThrows(InvalidSchemaException.class, () -> FeatureSchema.parse(text.getBytes(UTF_8)), text);
        }
    }

    @Test
    void an_unknown_key_is_refused_by_name() {
        String json = new String(schema().toJson(), UTF_8).replaceFirst("\"powers\"", "\"power\" : true, \"powers\"");
        refused("schema", "power", "JSON", () -> FeatureSchema.parse(json.getBytes(UTF_8)));
    }

    @Test
    void a_broken_rule_in_json_names_the_feature() {
        String json = new String(schema().toJson(), UTF_8).replaceFirst("\"from\" : \"column\",", "");
        refused(
                "feature \"item_language\" from",
                "null",
                "must be given",
                () -> FeatureSchema.parse(json.getBytes(UTF_8)));
    }
}
