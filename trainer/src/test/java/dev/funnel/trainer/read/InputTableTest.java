package dev.funnel.trainer.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.ItemShards;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InputTableTest {
    private static final int ROWS = 100;

    @Test
    void in_shards_every_row_keeps_its_values_and_its_place_among_those_of_its_shard() {
        InputTable sharded = table().inShards(7);
        assertEquals(7, sharded.shards());
        int last = -1;
        for (int row = 0; row < ROWS; row++) {
            int before = Integer.parseInt(sharded.ids()[row]);
            int order = ROWS * ItemShards.of(sharded.ids()[row], 7) + before;
            assertEquals(Math.max(order, last), order, "row " + row);
            last = order;
            assertEquals("text " + before, ((InputColumn.Texts) column(sharded, "text")).values()[row]);
            assertEquals("c" + before, ((InputColumn.Categories) column(sharded, "category")).values()[row]);
            assertEquals(
                    List.of("l" + before),
                    ((InputColumn.CategoryLists) column(sharded, "list"))
                            .values()
                            .get(row));
            assertEquals(before, ((InputColumn.Numbers) column(sharded, "number")).values()[row]);
            assertEquals(before, ((InputColumn.Times) column(sharded, "time")).values()[row]);
        }
        assertEquals(ROWS, Arrays.stream(sharded.ids()).distinct().count());
    }

    private static InputColumn column(InputTable table, String name) {
        return Objects.requireNonNull(table.columns().get(name));
    }

    private static InputTable table() {
        SequencedMap<String, InputColumn> columns = new LinkedHashMap<>();
        float[] numbers = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            numbers[i] = i;
        }
        columns.put("text", new InputColumn.Texts(texts("text ")));
        columns.put("category", new InputColumn.Categories(texts("c")));
        columns.put(
                "list",
                new InputColumn.CategoryLists(
                        Arrays.stream(texts("l")).map(List::of).toList()));
        columns.put("number", new InputColumn.Numbers(numbers));
        columns.put(
                "time",
                new InputColumn.Times(IntStream.range(0, ROWS).asLongStream().toArray()));
        return new InputTable(texts(""), columns);
    }

    private static String[] texts(String prefix) {
        return IntStream.range(0, ROWS).mapToObj(i -> prefix + i).toArray(String[]::new);
    }
}
