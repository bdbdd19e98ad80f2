package dev.funnel.trainer.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.History;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.feature.CandidateReadings;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Request;
import dev.funnel.trainer.learn.EmbeddingTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabelTablesTest {
    private static final int PAGES = 10;
    private static final int CLICKED = 3;
    private static final int EVERYWHERE = 59;
    private static final double MEAN = 1.0 / (2 * PAGES);
    private static final List<HeadKind> CLICK = List.of(HeadKind.CLICK);

    @TempDir
    Path root;

    /** Page p shows item p and one that all show; item 3 alone is clicked. */
    private static List<ReadPage> pages(FeatureTransform transform) {
        List<ReadPage> pages = new ArrayList<>();
        for (int p = 0; p < PAGES; p++) {
            int[] items = {p, EVERYWHERE};
            Request request = transform.open(
                    new RankingInput(0, Map.of(), Map.of(), History.EMPTY, null, items, List.of(), new int[0]));
            Page page = new Page(
                    -1,
                    0,
                    Map.of(),
                    items,
                    new int[0],
                    new float[] {p == CLICKED ? 1 : 0, 0},
                    new boolean[] {p == CLICKED, false},
                    new boolean[0],
                    null,
                    new String[0][]);
            pages.add(new ReadPage(page, transform.readRequest(request), transform.readCandidates(request, 0, 2)));
        }
        return pages;
    }

    private static float[] row(EmbeddingTable table, int row) {
        float[] values = new float[2];
        table.read(row, values, 0);
        return values;
    }

    /** A count, and how far it is above the mean when as many as ten more with the mean are added. */
    private static float[] of(int count, int clicks) {
        return new float[] {
            (float) Math.log1p(count), (float) ((clicks - count * MEAN) / (count + 10) / MEAN),
        };
    }

    private static FeatureTransform transform(Bundle bundle, EmbeddingTable table) {
        FeatureSchema schema = new FeatureSchema(
                1,
                List.of(new VectorTable("item", 2, VectorTable.Keys.ITEM, DeclaredFeatures.FILE, "item")),
                List.of(new Block(
                        "item", Source.ITEM, List.of(new CategoryFeature("item_id", Reading.ID, null, "item")))),
                HeadKind.heads(CLICK));
        return new FeatureTransform(
                schema, new FeatureStore(bundle.items(), Map.of("item", table.view()), Map.of(), Map.of(), Map.of()));
    }

    @Test
    void a_row_tells_how_its_examples_differ_from_all_and_nothing_of_the_fold_that_is_left_out() throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)))) {
            EmbeddingTable table = new EmbeddingTable(bundle.items().size(), LabelTables.width(CLICK));
            FeatureTransform transform = transform(bundle, table);
            LabelTables labels = new LabelTables(transform, Map.of("item", table), CLICK, pages(transform));

            labels.fill(LabelTables.WHOLE);
            assertArrayEquals(of(1, 1), row(table, CLICKED), 1e-6f);
            assertArrayEquals(of(PAGES, 0), row(table, EVERYWHERE), 1e-6f);
            assertArrayEquals(new float[2], row(table, 40), "nobody looked it up");

            labels.fill(LabelTables.fold(CLICKED));
            assertArrayEquals(new float[2], row(table, CLICKED), "it would tell its only example's label");
            assertArrayEquals(of(PAGES - PAGES / LabelTables.folds(), 0), row(table, EVERYWHERE), 1e-6f);
        }
    }

    @Test
    void what_heads_are_put_right_on_tells_nothing_of_a_training_page_s_own_labels() throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)))) {
            EmbeddingTable table = new EmbeddingTable(bundle.items().size(), LabelTables.width(CLICK));
            FeatureTransform transform = transform(bundle, table);
            List<ReadPage> training = pages(transform);
            List<ReadPage> validation = pages(transform);
            LabelTables labels = new LabelTables(transform, Map.of("item", table), CLICK, training);
            TreeRows rows = new TreeRows(transform, labels, training, validation);

            float[] some = rows.of(List.of(validation.get(CLICKED), training.get(CLICKED), training.get(4)));
            int page = 2 * rows.columns();
            assertArrayEquals(of(1, 1), Arrays.copyOfRange(some, 0, 2), 1e-6f, "unseen: the whole table's row");
            assertArrayEquals(new float[2], Arrays.copyOfRange(some, page, page + 2), "its only example's label");
            for (int p = 0; p < PAGES; p++) {
                assertArrayEquals(
                        Arrays.copyOfRange(rows.training(), p * page, (p + 1) * page),
                        rows.of(List.of(training.get(p))),
                        "page " + p + " is what was learnt from");
            }
        }
    }

    @Test
    void room_behind_a_page_s_items_is_not_counted() throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)))) {
            EmbeddingTable table = new EmbeddingTable(bundle.items().size(), LabelTables.width(CLICK));
            FeatureTransform transform = transform(bundle, table);
            List<ReadPage> roomy =
                    pages(transform).stream().map(LabelTablesTest::withRoom).toList();
            new LabelTables(transform, Map.of("item", table), CLICK, roomy).fill(LabelTables.WHOLE);
            assertArrayEquals(of(PAGES, 0), row(table, EVERYWHERE), 1e-6f);
            assertArrayEquals(new float[2], row(table, 40), "nobody looked it up");
        }
    }

    /** The same page, read into an array with one more item than it has. */
    private static ReadPage withRoom(ReadPage page) {
        CandidateReadings read = page.candidates();
        int[] items = Arrays.copyOf(read.items(), read.size() + 1);
        items[read.size()] = 40;
        return new ReadPage(
                page.page(), page.request(), new CandidateReadings(items, read.size(), read.numbers(), read.rows()));
    }
}
