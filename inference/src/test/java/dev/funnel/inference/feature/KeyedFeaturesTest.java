package dev.funnel.inference.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.History;
import dev.funnel.bundle.schema.BagFeature;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.BlockType;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.CrossFeature;
import dev.funnel.bundle.schema.CrossFeature.Part;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.IndexFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crosses, hashed texts, users' and items' ids as texts, and row numbers, over the items of {@link Cells}. */
final class KeyedFeaturesTest {
    private static final int BUCKETS = 1_000;
    private static final Part LANGUAGE = new Part(Reading.COLUMN, "language");
    private static final Part CATEGORIES = new Part(Reading.COLUMN, "categories");
    private static final Part OWN_LANGUAGE = new Part(Reading.PROFILE, "language");
    private static final RankingInput INPUT =
            Cells.request(Cells.watchedOneAndZero()).forUser("anna");

    @TempDir
    Path folder;

    private Cells cells;

    @BeforeEach
    void items() throws Exception {
        cells = new Cells(folder, Arena.ofAuto());
    }

    private FeatureTransform transform(Source source, BlockType type, Feature... features) {
        float[] buckets = new float[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            buckets[i] = i;
        }
        char and = CrossFeature.SEPARATOR;
        Vocabulary texts = new Vocabulary(List.of("anna", "i2", "de" + and + "en", "de" + and + "de" + and + "b", "b"));
        FeatureSchema schema = new FeatureSchema(
                50,
                List.of(
                        new VectorTable("buckets", 1, VectorTable.Keys.HASH, "f", "buckets", BUCKETS),
                        new VectorTable("texts", 1, VectorTable.Keys.TEXT, "f", "texts"),
                        new VectorTable("numbers", 0, VectorTable.Keys.ITEM, "", "")),
                List.of(new Block("block", source, List.of(features), type)),
                List.of(new Head("watch_time", "out", "s")));
        FeatureStore store = new FeatureStore(
                cells.items(),
                Map.of(
                        "buckets", FloatMatrix.of(buckets, BUCKETS, 1),
                        "texts", FloatMatrix.of(new float[] {10, 20, 30, 40, 50}, 5, 1)),
                Map.of("texts", texts),
                Map.of(),
                Map.of());
        return new FeatureTransform(schema, store);
    }

    private static FeatureBlocks written(FeatureTransform transform, RankingInput input) {
        int candidates = input.candidates().length;
        FeatureBlocks blocks = FeatureBlocks.rowPerCandidate(transform.schema(), candidates);
        blocks.values(0).fill((byte) 0x55);
        Request request = transform.open(input);
        transform.write(transform.readRequest(request), transform.readCandidates(request, 0, candidates), blocks, 0);
        return blocks;
    }

    private float[] written(Source source, Feature feature, RankingInput input) {
        return written(transform(source, BlockType.FLOAT32, feature), input)
                .values(0)
                .toArray(ValueLayout.JAVA_FLOAT);
    }

    private long[] indexes(Source source, IndexFeature feature) {
        return written(transform(source, BlockType.INT64, feature), INPUT)
                .values(0)
                .toArray(ValueLayout.JAVA_LONG);
    }

    /** FNV-1a, written down a second time. */
    private static long fnv(String text) {
        long hash = 0xcbf29ce484222325L;
        for (char c : text.toCharArray()) {
            hash = (hash ^ c) * 0x100000001b3L;
        }
        return hash;
    }

    private static float bucket(long key) {
        return Long.remainderUnsigned(key, BUCKETS);
    }

    @Test
    void the_hash_is_the_published_one() {
        assertEquals(0xaf63dc4c8601ec8cL, TextHash.of("a"), "test vector of FNV-1a");
        assertEquals(0x85944171f73967e8L, TextHash.of("foobar"), "test vector of FNV-1a");
    }

    @Test
    void a_hashed_category_is_the_row_of_its_bucket_whatever_the_text() {
        Feature language = new CategoryFeature("language", Reading.COLUMN, "language", "buckets");
        assertArrayEquals(
                new float[] {bucket(fnv("en")), bucket(fnv("de")), 0, bucket(fnv("en")), 0},
                written(Source.ITEM, language, INPUT));
    }

    @Test
    void a_hashed_bag_is_the_mean_of_its_buckets() {
        Feature recent = new BagFeature("recent", Reading.HISTORY_COLUMN, "language", "buckets");
        assertEquals((bucket(fnv("de")) + bucket(fnv("en"))) / 2, written(Source.USER, recent, INPUT)[0]);
    }

    @Test
    void a_user_has_the_row_of_the_own_id_and_a_stranger_the_zero_vector() {
        Feature user = new CategoryFeature("user", Reading.USER_ID, null, "texts");
        assertEquals(10, written(Source.USER, user, INPUT)[0]);
        assertEquals(0, written(Source.USER, user, INPUT.forUser("otto"))[0]);
        assertEquals(0, written(Source.USER, user, INPUT.forUser(""))[0]);
    }

    @Test
    void an_item_may_be_looked_up_by_its_id() {
        Feature item = new CategoryFeature("item", Reading.ID, null, "texts");
        assertArrayEquals(new float[] {0, 0, 20, 0, 0}, written(Source.ITEM, item, INPUT));
    }

    @Test
    void a_cross_in_the_vocabulary_has_the_row_of_its_joined_values() {
        Feature cross = new CrossFeature("cross", List.of(OWN_LANGUAGE, LANGUAGE), "texts");
        assertArrayEquals(new float[] {30, 0, 0, 30, 0}, written(Source.PAIR, cross, INPUT));
        Feature three = new CrossFeature("cross", List.of(OWN_LANGUAGE, LANGUAGE, CATEGORIES), "texts");
        assertArrayEquals(new float[] {0, 40, 0, 0, 0}, written(Source.PAIR, three, INPUT));
    }

    @Test
    void a_hashed_cross_averages_the_buckets_of_all_combinations() {
        Feature cross = new CrossFeature("cross", List.of(OWN_LANGUAGE, CATEGORIES), "buckets");
        float withA = bucket((Long.rotateLeft(fnv("de"), 23) ^ fnv("a")) * 0x100000001b3L);
        float withB = bucket((Long.rotateLeft(fnv("de"), 23) ^ fnv("b")) * 0x100000001b3L);
        assertArrayEquals(new float[] {withA, (withA + withB) / 2, withB, 0, 0}, written(Source.PAIR, cross, INPUT));
    }

    @Test
    void a_cross_without_a_value_in_one_part_is_the_zero_vector() {
        Feature cross = new CrossFeature("cross", List.of(new Part(Reading.PROFILE, "city"), CATEGORIES), "buckets");
        assertArrayEquals(new float[5], written(Source.PAIR, cross, INPUT));
    }

    @Test
    void a_cross_of_what_all_share_is_written_for_each_candidate() {
        Part hour = new Part(Reading.HOUR_OF_DAY, null);
        Feature cross = new CrossFeature("cross", List.of(OWN_LANGUAGE, hour), "buckets");
        float row = bucket((Long.rotateLeft(fnv("de"), 23) ^ fnv("5")) * 0x100000001b3L);
        assertArrayEquals(new float[] {row, row, row, row, row}, written(Source.CONTEXT, cross, INPUT));
    }

    @Test
    void row_numbers_are_written_as_they_are_and_unknown_as_declared() {
        assertArrayEquals(
                new long[] {1, 2, 3, 4, 0},
                indexes(Source.ITEM, new IndexFeature("item", Reading.ID, null, "numbers", 1, 0, 1)));
        assertArrayEquals(
                new long[] {99, 4, 4, 99, 99},
                indexes(Source.ITEM, new IndexFeature("categories", Reading.COLUMN, "categories", "texts", 0, 99, 1)));
    }

    @Test
    void a_history_of_row_numbers_is_newest_first_and_padded() {
        IndexFeature recent = new IndexFeature("recent", Reading.HISTORY_ITEMS, null, "numbers", 1, 0, 3);
        long[] rows = indexes(Source.USER, recent);
        for (int candidate = 0; candidate < INPUT.candidates().length; candidate++) {
            assertEquals(2, rows[3 * candidate]);
            assertEquals(1, rows[3 * candidate + 1]);
            assertEquals(0, rows[3 * candidate + 2]);
        }
    }

    @Test
    void two_features_share_a_table_and_are_fed_apart() {
        Feature item = new CategoryFeature("language", Reading.COLUMN, "language", "buckets");
        Feature same = new BagFeature("categories", Reading.COLUMN, "categories", "buckets");
        float[] rows = written(transform(Source.ITEM, BlockType.FLOAT32, item, same), INPUT)
                .values(0)
                .toArray(ValueLayout.JAVA_FLOAT);
        assertEquals(bucket(fnv("en")), rows[0]);
        assertEquals(bucket(fnv("a")), rows[1]);
    }

    @Test
    void what_has_no_known_row_counts_as_missing() {
        RankingInput newcomer = Cells.request(History.EMPTY);
        Map<Feature, Source> features = Map.of(
                new CategoryFeature("user", Reading.USER_ID, null, "texts"), Source.USER,
                new CrossFeature("cross", List.of(OWN_LANGUAGE, LANGUAGE), "texts"), Source.PAIR,
                new CategoryFeature("item", Reading.ID, null, "texts"), Source.ITEM);
        Map<String, Integer> expected = Map.of("user", 5, "cross", 3, "item", 4);
        features.forEach((feature, source) -> {
            FeatureTransform transform = transform(source, BlockType.FLOAT32, feature);
            Request request = transform.open(newcomer);
            Map<String, Integer> missing =
                    transform.missing(transform.readRequest(request), transform.readCandidates(request, 0, 5));
            assertEquals(Map.of(feature.name(), expected.get(feature.name())), missing);
        });
    }
}
