package dev.funnel.inference.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemOverlay;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.EmbeddingFeature;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.ReadingFeature;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live item with the columns of item 3 of {@link Cells}, whose vector is zero, has the features of item 3. */
final class LiveFeaturesTest {
    private static final int TWIN = 3;

    @TempDir
    Path folder;

    private Cells cells;
    private ItemTable live;
    private int item;

    @BeforeEach
    void items() throws Exception {
        cells = new Cells(folder, Arena.ofAuto());
        ItemOverlay overlay = new ItemOverlay(cells.items(), 0, 10);
        item = overlay.apply(ItemChange.upsert(
                1,
                "live",
                Upsert.of(Map.of(
                        "language", new ColumnValue.Text("en"),
                        "duration_seconds", new ColumnValue.Number(50),
                        "published_at", new ColumnValue.Time(2 * Cells.DAY_MS)))));
        overlay.apply(ItemChange.upsert(2, "other", Upsert.of(Map.of("language", new ColumnValue.Text("5")))));
        live = overlay.snapshot();
    }

    @Test
    void numbers_are_those_of_a_stored_twin_and_statistics_are_missing() {
        for (History history : List.of(History.EMPTY, Cells.watchedOneAndZero())) {
            alike(Source.ITEM, number(Reading.COLUMN, "duration_seconds"), history);
            alike(Source.PAIR, number(Reading.AGE, "published_at"), history);
            alike(Source.PAIR, number(Reading.RECENT_SHARE, "language"), history);
            alike(Source.PAIR, number(Reading.SINCE_LAST, "language"), history);
            alike(Source.PAIR, number(Reading.COSINE, "vectors"), history);
            alike(Source.PAIR, number(Reading.DOT, "vectors"), history);
            alike(Source.PAIR, number(Reading.MATCH, "language"), history);
        }
        float[][] statistic = written(Source.ITEM, number(Reading.STATISTIC, "watches"), History.EMPTY);
        assertArrayEquals(new float[] {-1, 1}, statistic[1], "the declared value of a missing one, and its flag");
    }

    @Test
    void rows_are_those_of_a_stored_twin_and_its_own_are_zeros() {
        alike(Source.ITEM, new EmbeddingFeature("x", Reading.VECTOR, "vectors"), History.EMPTY);
        alike(Source.ITEM, new CategoryFeature("x", Reading.COLUMN, "language", "words"), History.EMPTY);
        Feature word = new CategoryFeature("x", Reading.COLUMN, "language", "words");
        FeatureTransform transform = cells.transform(Source.ITEM, word).over(live);
        float[][] rows = written(transform, History.EMPTY, live.indexOf("other"));
        assertArrayEquals(new float[] {7, 8}, rows[0], "a word that no stored item has is looked up too");
    }

    @Test
    void a_history_with_live_items_is_read() {
        History history = new History(
                new int[] {item, 1}, new long[2], new byte[] {1, 1}, new long[] {-1, -1}, new float[] {1, 1});
        History twin = new History(
                new int[] {TWIN, 1}, new long[2], new byte[] {1, 1}, new long[] {-1, -1}, new float[] {1, 1});
        Feature mean = number(Reading.DOT, "vectors");
        FeatureTransform transform = cells.transform(Source.PAIR, mean).over(live);
        assertArrayEquals(written(transform, twin, 1)[0], written(transform, history, 1)[0]);
        assertTrue(live.size() > cells.items().size());
        assertEquals(4, live.storedSize());
    }

    private static ReadingFeature number(Reading from, @Nullable String of) {
        return new NumberFeature("x", from, of, Scale.NONE, false, -1, true);
    }

    private void alike(Source source, ReadingFeature feature, History history) {
        float[][] rows = written(source, feature, history);
        assertArrayEquals(rows[0], rows[1], feature.from() + " of " + feature.of());
    }

    /** The rows of the twin and of the live item. */
    private float[][] written(Source source, Feature feature, History history) {
        return written(cells.transform(source, feature).over(live), history, TWIN, item);
    }

    private static float[][] written(FeatureTransform transform, History history, int... candidates) {
        RankingInput like = Cells.request(history);
        RankingInput input = new RankingInput(
                like.timeMillis(), like.profile(), like.context(), history, null, candidates, List.of(), new int[0]);
        FeatureBlocks blocks = FeatureBlocks.rowPerCandidate(transform.schema(), candidates.length);
        Request request = transform.open(input);
        transform.write(
                transform.readRequest(request), transform.readCandidates(request, 0, candidates.length), blocks, 0);
        float[][] rows = new float[candidates.length][blocks.width(0)];
        for (int row = 0; row < rows.length; row++) {
            for (int c = 0; c < rows[row].length; c++) {
                rows[row][c] = blocks.values(0).getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * rows[row].length + c);
            }
        }
        return rows;
    }
}
