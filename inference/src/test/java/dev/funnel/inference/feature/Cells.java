package dev.funnel.inference.feature;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Four items that can be reckoned with by hand, and what a feature makes of a request for them.
 *
 * <pre>
 * item  language  categories  seconds  published         vector
 * 0     en        a           100      day 0             1 0
 * 1     de        a b         200      day 1             0 2
 * 2     (none)    b           (none)   (unknown)         3 4
 * 3     en        (none)      50       day 2             0 0
 * </pre>
 */
final class Cells {
    static final long DAY_MS = 86_400_000;
    static final long NOW_MS = 10 * DAY_MS;

    private static final String FILE = "ranker/features.safetensors";

    private final ItemTable items;

    Cells(Path folder, Arena arena) throws IOException, BundleRefusedException {
        Path path = folder.resolve("items.safetensors");
        new TableWriter(path, new String[] {"i0", "i1", "i2", "i3"})
                .category("language", new String[] {"en", "de", "", "en"})
                .categoryList("categories", List.of(List.of("a"), List.of("a", "b"), List.of("b"), List.of()))
                .number("duration_seconds", new float[] {100, 200, Float.NaN, 50})
                .time("published_at", new long[] {0, DAY_MS, Long.MIN_VALUE, 2 * DAY_MS})
                .write();
        this.items = ItemTable.load(TensorFile.open(path, arena));
    }

    ItemTable items() {
        return items;
    }

    /** Watched an hour ago item 1 half, two hours ago item 0 whole; disliked item 2 in between. */
    static History watchedOneAndZero() {
        long hour = 3_600_000;
        return new History(
                new int[] {1, 2, 0},
                new long[] {NOW_MS - hour, NOW_MS - hour - 1, NOW_MS - 2 * hour},
                new byte[] {1, History.DISLIKE, 1},
                new long[] {100_000, -1, 500_000},
                new float[] {1, 1, 3});
    }

    /** A request for all four items and one the bundle does not hold. */
    static RankingInput request(History history) {
        return new RankingInput(
                NOW_MS + 5 * 3_600_000,
                Map.of("language", new FeatureValue.Text("de"), "age", new FeatureValue.Number(30)),
                Map.of("device", new FeatureValue.Text("tv")),
                history,
                new Unclicked(new int[] {3}, new int[] {2}),
                new int[] {0, 1, 2, 3, -1},
                List.of(
                        new GeneratorSignals("als", new float[] {.1f, .2f, .3f, Float.NaN, .5f}, new boolean[] {
                            true, false, false, false, true
                        }),
                        new GeneratorSignals("new", new float[0], new boolean[] {true, true, false, false, false})),
                new int[0]);
    }

    /** The raw readings of a number, one a candidate; NaN is missing. */
    float[] raw(Source source, Reading from, @Nullable String of, RankingInput input) {
        FeatureTransform transform = transform(source, new NumberFeature("x", from, of, Scale.NONE, false, 0, false));
        Request request = transform.open(input);
        return source.oncePerRequest()
                ? transform.readRequest(request).numbers()[0]
                : transform
                        .readCandidates(request, 0, input.candidates().length)
                        .numbers()[0]
                        .toArray();
    }

    /** What is written for a feature, a row for each candidate. */
    float[][] written(Source source, Feature feature, RankingInput input) {
        FeatureTransform transform = transform(source, feature);
        int candidates = input.candidates().length;
        FeatureBlocks blocks = FeatureBlocks.rowPerCandidate(transform.schema(), candidates);
        blocks.values(0).fill((byte) 0x55);
        Request request = transform.open(input);
        transform.write(transform.readRequest(request), transform.readCandidates(request, 0, candidates), blocks, 0);
        float[][] rows = new float[candidates][blocks.width(0)];
        for (int row = 0; row < candidates; row++) {
            for (int c = 0; c < rows[row].length; c++) {
                rows[row][c] = blocks.values(0).getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * rows[row].length + c);
            }
        }
        return rows;
    }

    FeatureTransform transform(Source source, Feature feature) {
        FeatureSchema schema = new FeatureSchema(
                50,
                List.of(
                        new VectorTable("vectors", 2, VectorTable.Keys.ITEM, FILE, "table.vectors"),
                        new VectorTable("words", 2, VectorTable.Keys.TEXT, FILE, "table.words")),
                List.of(new Block("block", source, List.of(feature))),
                List.of(new Head("watch_time", "out", "s")));
        return new FeatureTransform(schema, store());
    }

    private FeatureStore store() {
        return new FeatureStore(
                items,
                Map.of(
                        "vectors", FloatMatrix.of(new float[] {1, 0, 0, 2, 3, 4, 0, 0}, 4, 2),
                        "words", FloatMatrix.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 4, 2)),
                Map.of("words", new Vocabulary(List.of("en", "a", "b", "5"))),
                Map.of("quantiled", new NumberScale.Quantiles(new float[] {0, 100}, new float[] {0, 1})),
                Map.of("watches", new float[] {7, 8, Float.NaN, 9}));
    }
}
