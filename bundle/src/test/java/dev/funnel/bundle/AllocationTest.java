package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.funnel.bundle.testing.SmallBundle;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs for every item of a search must not allocate. */
class AllocationTest {
    private static final int ROUNDS = 2_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path root;

    @Test
    void reading_columns_and_testing_predicates_allocates_nothing() throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)))) {
            ItemTable items = bundle.items();
            CategoryColumn language = items.category("language");
            CategoryListColumn categories = items.categoryList("categories");
            NumberColumn duration = items.number("duration_seconds");
            TimeColumn published = items.time("published_at");
            assertNotNull(language);
            assertNotNull(categories);
            assertNotNull(duration);
            assertNotNull(published);
            assertAllocatesNothing(
                    "columns",
                    item -> language.code(item)
                            + categories.count(item)
                            + (categories.contains(item, 1) ? 1 : 0)
                            + (duration.present(item) ? (int) duration.value(item) : 0)
                            + (int) published.millis(item));
            ItemTest test = new ItemPredicate.All(List.of(
                            new ItemPredicate.In("language", List.of(new Operand.Text("en"), QueryField.LANGUAGE)),
                            new ItemPredicate.In(
                                    "categories", List.of(new Operand.Text("odd"), new Operand.Text("even"))),
                            new ItemPredicate.Not(
                                    new ItemPredicate.Equal("title", new Operand.Text("Title of item 7, öäü"))),
                            new ItemPredicate.Range("duration_seconds", new Operand.Number(1), null),
                            new ItemPredicate.Range("published_at", null, QueryField.TIME)))
                    .compile(items, new PredicateContext("", "de", SmallBundle.NOW.toEpochMilli(), "", ""));
            assertAllocatesNothing("predicate", item -> test.test(item) ? 1 : 0);
        }
    }

    private static void assertAllocatesNothing(String what, IntUnaryOperator work) {
        run(work); // warms up: linking a call site allocates once
        long before = THREADS.getCurrentThreadAllocatedBytes();
        int sum = run(work);
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        // The measurement itself, and a compiler that deoptimises, may cost a little; an object an item would be
        // megabytes.
        assertTrue(bytes < ROUNDS * SmallBundle.ITEMS, () -> what + " allocated " + bytes + " bytes, sum " + sum);
    }

    private static int run(IntUnaryOperator work) {
        int sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int item = 0; item < SmallBundle.ITEMS; item++) {
                sum += work.applyAsInt(item);
            }
        }
        return sum;
    }
}
