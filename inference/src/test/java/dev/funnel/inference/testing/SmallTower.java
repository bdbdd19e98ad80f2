package dev.funnel.inference.testing;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.schema.BagFeature;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import dev.funnel.inference.Tower;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.engine.OnnxRuntimeEngine;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.StoredFeatures;
import dev.funnel.inference.feature.Vocabulary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Two towers with random weights in a bundle of the standard columns: people by history, its languages, country and age, items by id and
 * language.
 */
public final class SmallTower {
    /** Name of the generator. */
    public static final String NAME = "two-tower";

    /** Length of the vectors. */
    public static final int DIMENSIONS = 6;

    private static final int WIDTH = 4;
    private static final long SEED = 77;
    private static final String BEGIN = "generators/" + NAME;

    private SmallTower() {}

    /**
     * Adds the generator's files to a bundle whose item table is written.
     *
     * @param unwatched items that nobody had watched, so that only their features say where they lie
     */
    public static void write(BundleStore.Draft draft, int... unwatched)
            throws IOException, BundleRefusedException, EngineRefusedException {
        try (Arena arena = Arena.ofShared()) {
            ItemTable items = ItemTable.load(TensorFile.open(draft.file("items.safetensors"), arena));
            write(draft, items, "-query", query());
            FeatureSchema ofItems = item();
            byte[] model = write(draft, items, "-item", ofItems);
            FeatureTransform transform = new FeatureTransform(ofItems, store(ofItems, items));
            try (Tower tower = new Tower(transform, OnnxRuntimeEngine.load(model, ofItems))) {
                int[] origins = new int[items.size()];
                for (int one : unwatched) {
                    origins[one] = 1;
                }
                float[] vectors = tower.items(IntStream.range(0, items.size()).toArray());
                new TensorFileWriter(draft.file(BEGIN + ".safetensors"))
                        .add("item_factors", vectors, items.size(), DIMENSIONS)
                        .add("item_origins", origins)
                        .write();
            }
        }
    }

    private static byte[] write(BundleStore.Draft draft, ItemTable items, String side, FeatureSchema schema)
            throws IOException {
        Tower.Files files = Tower.Files.at(BEGIN + side);
        byte[] model = SmallNetwork.linear(schema, SEED);
        Files.write(draft.file(files.network()), model);
        Files.write(draft.file(files.schema()), schema.toJson());
        TensorFileWriter features = new TensorFileWriter(draft.file(files.features()));
        StoredFeatures.write(schema, store(schema, items), files.features(), features);
        features.write();
        return model;
    }

    private static FeatureSchema query() {
        String file = BEGIN + "-query.safetensors";
        return schema(
                file,
                new Block(
                        "user",
                        Source.USER,
                        List.of(
                                new BagFeature("recent", Reading.HISTORY_ITEMS, null, "item"),
                                new BagFeature("recent_language", Reading.HISTORY_COLUMN, "language", "text"),
                                new CategoryFeature("country", Reading.PROFILE, "country", "text"),
                                new NumberFeature("age", Reading.PROFILE, "age", Scale.NONE, false, 0, true),
                                new NumberFeature(
                                        Tower.KNOWN, Reading.PROFILE, Tower.KNOWN, Scale.NONE, false, 0, false))));
    }

    private static FeatureSchema item() {
        String file = BEGIN + "-item.safetensors";
        return schema(
                file,
                new Block(
                        "item",
                        Source.ITEM,
                        List.of(
                                new CategoryFeature("item_id", Reading.ID, null, "item"),
                                new CategoryFeature("language", Reading.COLUMN, "language", "text"))));
    }

    private static FeatureSchema schema(String file, Block block) {
        return new FeatureSchema(
                50,
                List.of(
                        new VectorTable("item", WIDTH, VectorTable.Keys.ITEM, file, "table.item"),
                        new VectorTable("text", WIDTH, VectorTable.Keys.TEXT, file, "table.text")),
                List.of(block),
                List.of(new Head("vector", "vector", "1", DIMENSIONS)));
    }

    private static FeatureStore store(FeatureSchema schema, ItemTable items) {
        List<String> texts = List.of("en", "de", "US", "DE", "CH");
        return new FeatureStore(
                items,
                Map.of("item", random(items.size()), "text", random(texts.size())),
                Map.of("text", new Vocabulary(texts)),
                Map.of(),
                Map.of());
    }

    private static FloatMatrix random(int rows) {
        Random random = new Random(SEED + rows);
        float[] values = new float[rows * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return FloatMatrix.of(values, rows, WIDTH);
    }
}
