package dev.funnel.candidate.generate;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.retrieval.Gramian;
import dev.funnel.retrieval.cold.ContentSpace;
import dev.funnel.retrieval.cold.Profile;
import dev.funnel.retrieval.cold.ProfileAverages;
import dev.funnel.runtime.wire.ItemOrigin;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The small bundle with what a cold start needs: {@code content}, {@code near}, {@code continue} and {@code followed}; and in {@code als},
 * averages by profile (users of {@code DE} are vector 1 of a known one), items 7 and 8 placed by averages, stored answers of seed item 5,
 * and what items are folded in with.
 */
public final class ColdBundle {

    /** Placed by the average of its uploader. */
    public static final int OF_UPLOADER = 7;

    static final int OF_CATEGORIES = 8;
    public static final int SEED = 5;
    public static final int STORED = 10;

    private ColdBundle() {}

    public static BundleVersion publish(Path root) throws IOException, BundleRefusedException {
        try (BundleStore.Draft draft = SmallBundle.store(root).draft();
                Arena arena = Arena.ofShared()) {
            Manifest.Draft contents = SmallBundle.fill(draft, SmallBundle.SEED);
            ItemTable items = ItemTable.load(TensorFile.open(draft.file("items.safetensors"), arena));
            writeFactors(draft);
            writeNewest(draft);
            List<GeneratorEntry> generators = new ArrayList<>(contents.generators());
            generators.add(content(draft, items));
            generators.add(near(draft));
            generators.add(entry(draft, "continue", "continue-watching", 0));
            generators.add(entry(draft, "followed", "followed-uploaders", 0));
            return draft.publish(
                    new Manifest.Draft(contents.trainedUntil(), 0, generators, null, List.of(), contents.metrics()));
        }
    }

    private static void writeFactors(BundleStore.Draft draft) throws IOException, BundleRefusedException {
        Path path = draft.file("generators/als.safetensors");
        TensorFileWriter writer;
        try (TensorFile trained = TensorFile.open(path)) {
            FloatMatrix users = copy(trained.floats("user_factors"));
            FloatMatrix items = copy(trained.floats("item_factors"));
            int[] origins = new int[SmallBundle.ITEMS];
            origins[OF_UPLOADER] = ItemOrigin.UPLOADER_AVERAGE.ordinal();
            origins[OF_CATEGORIES] = ItemOrigin.CATEGORY_AVERAGE.ordinal();
            ProfileAverages.Counting counting = new ProfileAverages.Counting(SmallBundle.DIMENSIONS);
            for (int i = 0; i < 10; i++) {
                counting.add(new Profile(Map.of("country", List.of("DE")), Map.of()), users.row(1));
            }
            int[] related = IntStream.range(20, 20 + STORED).toArray();
            writer = new TensorFileWriter(path)
                    .add("item_factors", items)
                    .add("user_factors", users)
                    .add("gramian", copy(trained.floats("gramian")))
                    .add("user_gramian", Gramian.of(users), SmallBundle.DIMENSIONS, SmallBundle.DIMENSIONS)
                    .add("item_origins", origins)
                    .add("related_seeds", new int[] {SEED})
                    .add("related_items", related);
            counting.averages().addTo(writer);
        }
        Files.delete(path);
        writer.write();
    }

    /** Scored as the trainer does, by days behind the newest: the items' numbers have them in order, a day apart. */
    private static void writeNewest(BundleStore.Draft draft) throws IOException {
        Path path = draft.file("generators/newest.safetensors");
        Files.delete(path);
        float[] scores = new float[SmallBundle.ITEMS];
        IntStream.range(0, scores.length).forEach(days -> scores[days] = 1f / (1 + days));
        new TensorFileWriter(path)
                .add(
                        "items",
                        IntStream.range(0, scores.length)
                                .map(days -> SmallBundle.ITEMS - 1 - days)
                                .toArray())
                .add("scores", scores)
                .write();
    }

    private static FloatMatrix copy(FloatMatrix matrix) {
        return FloatMatrix.of(matrix.toArray(), matrix.rows(), matrix.columns());
    }

    private static GeneratorEntry content(BundleStore.Draft draft, ItemTable items) throws IOException {
        ContentSpace space = ContentSpace.fit(items, List.of("categories", "language"), 32, false);
        TensorFileWriter writer = new TensorFileWriter(draft.file("generators/content.safetensors"))
                .add("item_factors", space.vectors(items));
        space.addTo(writer);
        writer.write();
        return entry("content", "content", space.dimensions());
    }

    /** Everywhere item 3 is before item 2; in Germany item 9 is before item 3. */
    private static GeneratorEntry near(BundleStore.Draft draft) throws IOException {
        new TensorFileWriter(draft.file("generators/near.safetensors"))
                .addStrings("places", new String[] {"country=DE", "everywhere"})
                .add("offsets", new long[] {0, 5, 10})
                .add("items", new int[] {9, 3, 2, 1, 10, 3, 2, 1, 10, 9})
                .add("scores", new float[] {5, 4, 3, 2, 1, 5, 4, 3, 2, 1})
                .write();
        return entry("near", "ranked-lists", 0);
    }

    private static GeneratorEntry entry(BundleStore.Draft draft, String name, String kind, int dimensions)
            throws IOException {
        new TensorFileWriter(draft.file("generators/" + name + ".safetensors"))
                .add("nothing", new int[] {0})
                .write();
        return entry(name, kind, dimensions);
    }

    private static GeneratorEntry entry(String name, String kind, int dimensions) {
        return new GeneratorEntry(
                name,
                kind,
                "generators/" + name + ".safetensors",
                dimensions > 0 ? "cosine" : null,
                dimensions,
                20,
                new Calibration(1, -1),
                null,
                Map.of("window_days", 30.0));
    }
}
