package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.funnel.bundle.testing.SmallBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ItemPredicateTest {
    private static final PredicateContext CONTEXT =
            new PredicateContext("DE", "fr", SmallBundle.NOW.toEpochMilli(), "uploader-3", SmallBundle.item(7));
    private static final JsonMapper JSON = new JsonMapper();

    private Bundle bundle;
    private ItemTable items;

    @BeforeAll
    void open(@TempDir Path root) throws Exception {
        bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)));
        items = bundle.items();
    }

    @AfterAll
    void close() {
        bundle.close();
    }

    /** Items are "item-NN" with language en, de, fr by {@code NN % 3}, but item 0 has none; see {@link SmallBundle}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"equals": {"column": "language", "value": "de"}}                              | 20
            {"equals": {"column": "language", "value": "it"}}                              | 0
            {"equals": {"column": "language", "value": ""}}                                | 0
            {"equals": {"column": "language", "value": {"query": "language"}}}             | 20
            {"not": {"equals": {"column": "language", "value": "en"}}}                     | 41
            {"in": {"column": "language", "values": ["de", "fr", "it", "de"]}}             | 40
            {"in": {"column": "language", "values": []}}                                   | 0
            {"equals": {"column": "uploader", "value": {"query": "user_id"}}}              | 9
            {"equals": {"column": "categories", "value": "topic-1"}}                       | 12
            {"in": {"column": "categories", "values": ["topic-1", "even"]}}                | 35
            {"equals": {"column": "id", "value": {"query": "seed_item_id"}}}               | 1
            {"in": {"column": "id", "values": ["item-03", "item-59", "item-60"]}}          | 2
            {"equals": {"column": "title", "value": "Title of item 7, öäü"}}               | 1
            {"equals": {"column": "maturity", "value": 18}}                                | 6
            {"in": {"column": "maturity", "values": [18, 0.0, 5]}}                         | 60
            {"present": {"column": "duration_seconds"}}                                    | 59
            {"present": {"column": "language"}}                                            | 59
            {"present": {"column": "expires_at"}}                                          | 1
            {"present": {"column": "id"}}                                                  | 60
            {"range": {"column": "maturity", "low": 1}}                                    | 6
            {"range": {"column": "maturity", "low": 0, "high": 18}}                        | 54
            {"range": {"column": "duration_seconds"}}                                      | 59
            {"range": {"column": "published_at", "high": {"query": "time"}}}               | 60
            {"range": {"column": "published_at", "low": {"query": "time"}}}                | 0
            {"range": {"column": "expires_at", "low": {"query": "time"}}}                  | 1
            {"range": {"column": "expires_at", "high": {"query": "time"}}}                 | 0
            {"range": {"column": "published_at", "low": {"time": "2026-01-30T00:00:00Z"}}} | 1
            {"equals": {"column": "published_at", "value": {"time": "2026-01-30T00:00:00Z"}}} | 1
            {"in": {"column": "published_at", "values": [{"query": "time"}, {"time": "2026-01-29T00:00:00Z"}]}} | 1
            {"all": []}                                                                    | 60
            {"any": []}                                                                    | 0
            {"all": [{"equals": {"column": "language", "value": "de"}}, {"equals": {"column": "categories", "value": "odd"}}]} | 10
            {"any": [{"equals": {"column": "language", "value": "de"}}, {"equals": {"column": "categories", "value": "odd"}}]} | 40
            """)
    void a_predicate_passes_the_items_it_describes(String json, int expected) throws Exception {
        ItemTest test = read(json).compile(items, CONTEXT);
        assertEquals(
                expected, IntStream.range(0, items.size()).filter(test::test).count());
    }

    @Test
    void a_comparison_with_a_field_the_query_leaves_empty_is_false_and_its_negation_true() throws Exception {
        for (String comparison : List.of(
                "{\"equals\": {\"column\": \"language\", \"value\": {\"query\": \"language\"}}}",
                "{\"equals\": {\"column\": \"title\", \"value\": {\"query\": \"country\"}}}",
                "{\"equals\": {\"column\": \"id\", \"value\": {\"query\": \"seed_item_id\"}}}",
                "{\"equals\": {\"column\": \"expires_at\", \"value\": {\"query\": \"time\"}}}",
                "{\"range\": {\"column\": \"published_at\", \"high\": {\"query\": \"time\"}}}",
                "{\"range\": {\"column\": \"published_at\", \"low\": {\"query\": \"time\"}}}")) {
            ItemPredicate predicate = read(comparison);
            ItemTest test = predicate.compile(items, PredicateContext.EMPTY);
            ItemTest negated = new ItemPredicate.Not(predicate).compile(items, PredicateContext.EMPTY);
            for (int item = 0; item < items.size(); item++) {
                assertEquals(false, test.test(item), comparison);
                assertEquals(true, negated.test(item), comparison);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_compiled_predicate_agrees_with_a_plain_interpreter(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            ItemPredicate predicate = random(random, 3);
            ItemTest test = predicate.compile(items, CONTEXT);
            for (int item = 0; item < items.size(); item++) {
                int index = item;
                assertEquals(
                        holds(predicate, item),
                        test.test(item),
                        () -> "seed " + seed + ": " + predicate + " of " + index);
            }
        }
    }

    private ItemPredicate random(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 6)) {
            case 0 -> new ItemPredicate.Equal("language", randomText(random, "en", "de", "it"));
            case 1 ->
                new ItemPredicate.In(
                        "categories",
                        List.of(
                                randomText(random, "odd", "topic-0", "topic-9"),
                                randomText(random, "even", "topic-1", "")));
            case 2 -> new ItemPredicate.Present("duration_seconds");
            case 3 -> new ItemPredicate.Not(random(random, depth - 1));
            case 4 -> new ItemPredicate.All(randomList(random, depth - 1));
            default -> new ItemPredicate.Any(randomList(random, depth - 1));
        };
    }

    private List<ItemPredicate> randomList(Random random, int depth) {
        List<ItemPredicate> list = new ArrayList<>();
        for (int size = random.nextInt(3); size > 0; size--) {
            list.add(random(random, depth));
        }
        return list;
    }

    private static Operand randomText(Random random, String... texts) {
        int choice = random.nextInt(texts.length + 1);
        return choice == texts.length ? QueryField.LANGUAGE : new Operand.Text(texts[choice]);
    }

    /** The meaning of a predicate, written as directly as can be, for the tests that {@link #random} makes. */
    private boolean holds(ItemPredicate predicate, int item) {
        return switch (predicate) {
            case ItemPredicate.All all -> all.predicates().stream().allMatch(each -> holds(each, item));
            case ItemPredicate.Any any -> any.predicates().stream().anyMatch(each -> holds(each, item));
            case ItemPredicate.Not not -> !holds(not.predicate(), item);
            case ItemPredicate.Equal equal ->
                language(item).equals(text(equal.value())) && !language(item).isEmpty();
            case ItemPredicate.In in ->
                in.values().stream().anyMatch(value -> categories(item).contains(text(value)));
            case ItemPredicate.Present _ -> item != 0;
            case ItemPredicate.Range range -> throw new IllegalArgumentException(range.toString());
        };
    }

    private static String text(Operand operand) {
        return operand instanceof Operand.Text(String value) ? value : CONTEXT.language();
    }

    private String language(int item) {
        CategoryColumn column = Objects.requireNonNull(items.category("language"));
        return column.value(column.code(item));
    }

    private List<String> categories(int item) {
        CategoryListColumn column = Objects.requireNonNull(items.categoryList("categories"));
        return IntStream.range(0, column.count(item))
                .mapToObj(i -> column.value(column.code(item, i)))
                .toList();
    }

    @Test
    void bounds_compare_as_the_32_bit_floats_that_columns_hold(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("items");
        new TableWriter(path, new String[] {"a", "b"})
                .number("x", new float[] {0.7f, 0.1f})
                .write();
        try (TensorFile file = TensorFile.open(path)) {
            ItemTable table = ItemTable.load(file);
            ItemTest low = new ItemPredicate.Range("x", new Operand.Number(0.7), null).compile(table, CONTEXT);
            ItemTest equal = new ItemPredicate.Equal("x", new Operand.Number(0.1)).compile(table, CONTEXT);
            assertEquals(List.of(true, false), List.of(low.test(0), low.test(1)));
            assertEquals(List.of(false, true), List.of(equal.test(0), equal.test(1)));
        }
    }

    @Test
    void what_cannot_hold_or_must_hold_compiles_to_a_constant() throws Exception {
        assertSame(ItemTest.NONE, compile("{\"all\": [{\"present\": {\"column\": \"title\"}}, {\"any\": []}]}"));
        assertSame(ItemTest.ALL, compile("{\"not\": {\"equals\": {\"column\": \"language\", \"value\": \"xx\"}}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"equals": {"column": "colour", "value": "red"}}                     | filter.equals.column     | colour
            {"all": [{"all": []}, {"present": {"column": "x"}}]}                 | filter.all[1].present.column | x
            {"not": {"any": [{"in": {"column": "y", "values": []}}]}}            | filter.not.any[0].in.column  | y
            {"equals": {"column": "language", "value": 5}}                       | filter.equals.value      | 5.0
            {"equals": {"column": "language", "value": {"query": "time"}}}       | filter.equals.value      | {query=time}
            {"in": {"column": "maturity", "values": [1, "a"]}}                   | filter.in.values[1]      | a
            {"equals": {"column": "published_at", "value": "2026-01-01"}}        | filter.equals.value      | 2026-01-01
            {"range": {"column": "language", "low": "a"}}                        | filter.range.column      | language
            {"range": {"column": "id", "low": "a"}}                              | filter.range.column      | id
            {"range": {"column": "maturity", "high": {"query": "time"}}}         | filter.range.high        | {query=time}
            {"range": {"column": "published_at", "low": 17}}                     | filter.range.low         | 17.0
            """)
    void a_predicate_that_does_not_fit_the_table_is_refused_naming_the_field(String json, String field, String value)
            throws Exception {
        ItemPredicate predicate = read(json);
        InvalidPredicateException invalid =
                assertThrows(InvalidPredicateException.class, () -> predicate.compile(items, CONTEXT));
        assertEquals(field, invalid.field());
        assertEquals(value, invalid.value());
        assertTrue(String.valueOf(invalid.getMessage()).contains(invalid.rule()), invalid::getMessage);
    }

    @Test
    void at_most_64_nodes_are_allowed() {
        ItemPredicate leaf = new ItemPredicate.Present("title");
        new ItemPredicate.All(Collections.nCopies(63, leaf)).check("filter");
        InvalidPredicateException invalid = assertThrows(
                InvalidPredicateException.class,
                () -> new ItemPredicate.Any(Collections.nCopies(64, leaf)).compile(items, CONTEXT));
        assertEquals("filter.any[63]", invalid.field());
        assertEquals("at most 64 nodes", invalid.rule());
    }

    @Test
    void at_most_8_levels_are_allowed_and_deeper_ones_are_not_walked() {
        ItemPredicate nested = new ItemPredicate.Present("title");
        for (int level = 1; level < 8; level++) {
            nested = new ItemPredicate.Not(nested);
        }
        nested.check("filter");
        for (int level = 8; level < 1_000_000; level++) {
            nested = new ItemPredicate.Not(nested);
        }
        ItemPredicate deep = nested;
        InvalidPredicateException invalid =
                assertThrows(InvalidPredicateException.class, () -> deep.compile(items, CONTEXT));
        assertEquals("at most 8 levels", invalid.rule());
        assertEquals("filter" + ".not".repeat(8), invalid.field());
    }

    @Test
    void at_most_1000_values_are_allowed() {
        Operand value = new Operand.Text("en");
        new ItemPredicate.In("language", Collections.nCopies(1_000, value)).compile(items, CONTEXT);
        InvalidPredicateException invalid = assertThrows(
                InvalidPredicateException.class,
                () -> new ItemPredicate.In("language", Collections.nCopies(1_001, value)).compile(items, CONTEXT));
        assertEquals("filter.in.values", invalid.field());
        assertEquals("1001 values", invalid.value());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void a_number_that_is_not_finite_is_refused(double number) {
        ItemPredicate predicate = new ItemPredicate.Range("maturity", null, new Operand.Number(number));
        InvalidPredicateException invalid =
                assertThrows(InvalidPredicateException.class, () -> predicate.check("rules[2]"));
        assertEquals("rules[2].range.high", invalid.field());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                        | predicate                       | []
            {"all": [], "any": []}                                    | predicate                       | [all, any]
            {"equal": {"column": "a", "value": 1}}                    | predicate.equal                 | equal
            {"equals": {"colum": "a", "value": 1}}                    | predicate.equals.colum          | colum
            {"equals": {"value": 1}}                                  | predicate.equals.column         | null
            {"equals": {"column": "a"}}                               | predicate.equals.value          | null
            {"equals": {"column": "a", "value": true}}                | predicate.equals.value          | true
            {"equals": {"column": "a", "value": {"query": "device"}}} | predicate.equals.value.query    | device
            {"equals": {"column": "a", "value": {"time": "today"}}}   | predicate.equals.value.time     | today
            {"in": {"column": "a", "values": 1}}                      | predicate.in.values             | 1
            {"in": {"column": "a", "values": [1, null]}}              | predicate.in.values[1]          | null
            {"not": [1]}                                              | predicate.not                   | [1]
            {"all": [{"all": 1}]}                                     | predicate.all[0].all            | 1
            """)
    void a_form_that_is_none_is_refused_naming_the_field(String json, String field, String value) throws Exception {
        @SuppressWarnings("unchecked")
        Map<String, Object> form = JSON.readValue(json, Map.class);
        InvalidPredicateException invalid =
                assertThrows(InvalidPredicateException.class, () -> ItemPredicate.parse(form));
        assertEquals(field, invalid.field());
        assertEquals(value, invalid.value());
    }

    @Test
    void a_predicate_written_and_read_again_is_the_same() throws Exception {
        ItemPredicate predicate = new ItemPredicate.All(List.of(
                new ItemPredicate.Equal("language", QueryField.LANGUAGE),
                new ItemPredicate.Not(
                        new ItemPredicate.In("maturity", List.of(new Operand.Number(16), new Operand.Number(18)))),
                new ItemPredicate.Any(List.of(
                        new ItemPredicate.Range("published_at", new Operand.Time(1_000), QueryField.TIME),
                        new ItemPredicate.Range("published_at", null, null),
                        new ItemPredicate.Present("title"),
                        new ItemPredicate.Equal("title", new Operand.Text("time"))))));
        assertEquals(predicate, JSON.readValue(JSON.writeValueAsString(predicate), ItemPredicate.class));
        assertEquals(predicate, ItemPredicate.parse(predicate.toMap()));
    }

    @Test
    void an_error_in_configuration_carries_field_and_rule_through_jackson() {
        String json = "{\"equals\": {\"column\": \"a\", \"value\": {\"query\": \"device\"}}}";
        JsonMappingException failure = assertThrows(JsonMappingException.class, () -> read(json));
        assertTrue(
                String.valueOf(failure.getMessage()).contains("predicate.equals.value.query is device: one of country"),
                failure::getMessage);
    }

    private ItemTest compile(String json) throws JsonProcessingException {
        return read(json).compile(items, CONTEXT);
    }

    private static ItemPredicate read(String json) throws JsonProcessingException {
        return JSON.readValue(json, ItemPredicate.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"present": {"column": "expires_at"}}                                 | 0
            {"range": {"column": "expires_at", "high": {"query": "time"}}}        | 0
            {"equals": {"column": "language", "value": "de"}}                     | 0
            {"not": {"in": {"column": "maturity", "values": [18]}}}               | 2
            """)
    void a_standard_column_that_the_table_lacks_is_missing_for_all_items(
            String predicate, int passing, @TempDir Path folder) throws Exception {
        Path path = folder.resolve("items.safetensors");
        new TableWriter(path, new String[] {"a", "b"}).write();
        try (TensorFile file = TensorFile.open(path)) {
            ItemTest test = JSON.readValue(predicate, ItemPredicate.class).compile(ItemTable.load(file), CONTEXT);
            assertEquals(passing, IntStream.range(0, 2).filter(test::test).count());
        }
    }
}
