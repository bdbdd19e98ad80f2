package dev.funnel.inference.testing;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.HeadEntry;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.schema.BagFeature;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.EmbeddingFeature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.NumberScale;
import dev.funnel.inference.feature.StoredFeatures;
import dev.funnel.inference.feature.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A ranker for {@link SmallBundle}, with every kind of source and feature, two heads ("watch_time" in seconds, the default, and
 * "click"), seeded random tables and {@link SmallNetwork} as its model. Its scores are no good and always the same.
 */
public final class SmallRanker {
    /** The head that is the score. */
    public static final String OBJECTIVE = "watch_time";

    /** The other head. */
    public static final String CLICK = "click";

    private static final String NETWORK = "ranker/network.onnx";
    private static final String SCHEMA = "ranker/schema.json";
    private static final String FEATURES = "ranker/features.safetensors";
    private static final int ITEM_WIDTH = 4;
    private static final int TEXT_WIDTH = 3;
    private static final List<String> TEXTS =
            List.of("en", "de", "DE", "US", "f", "phone", "topic-1", "topic-2", "even", "uploader-3");

    private SmallRanker() {}

    /** Publishes the small bundle with this ranker under {@code root}. */
    public static BundleVersion publish(Path root) throws IOException, BundleRefusedException {
        return publish(root, SmallBundle.SEED);
    }

    /** Publishes the bundle of {@code seed} with this ranker under {@code root}. */
    public static BundleVersion publish(Path root, long seed) throws IOException, BundleRefusedException {
        try (BundleStore.Draft draft = SmallBundle.store(root).draft()) {
            return draft.publish(addTo(draft, SmallBundle.fill(draft, seed), seed));
        }
    }

    /** Publishes the small bundle with this ranker and objectives of its own under {@code root}. */
    public static BundleVersion publish(Path root, Map<String, String> objectives, String defaultObjective)
            throws IOException, BundleRefusedException {
        try (BundleStore.Draft draft = SmallBundle.store(root).draft()) {
            Manifest.Draft contents = addTo(draft, SmallBundle.fill(draft, SmallBundle.SEED), SmallBundle.SEED);
            RankerEntry entry = Objects.requireNonNull(contents.ranker());
            return draft.publish(contents.withRanker(new RankerEntry(
                    entry.network(),
                    entry.schema(),
                    entry.features(),
                    entry.heads(),
                    objectives,
                    defaultObjective,
                    entry.reliability())));
        }
    }

    /** Adds the ranker's files to a draft that holds the small bundle; returns what to publish it with. */
    public static Manifest.Draft addTo(BundleStore.Draft draft, Manifest.Draft contents, long seed)
            throws IOException, BundleRefusedException {
        FeatureSchema schema = schema();
        Files.write(draft.file(NETWORK), SmallNetwork.write(schema, seed));
        Files.write(draft.file(SCHEMA), schema.toJson());
        try (TensorFile items = TensorFile.open(draft.file("items.safetensors"))) {
            TensorFileWriter features = new TensorFileWriter(draft.file(FEATURES));
            StoredFeatures.write(schema, store(ItemTable.load(items), seed), FEATURES, features);
            features.write();
        }
        return new Manifest.Draft(
                contents.trainedUntil(),
                contents.itemLogPosition(),
                contents.generators(),
                entry(schema),
                contents.goldenQueries(),
                contents.metrics());
    }

    private static RankerEntry entry(FeatureSchema schema) {
        List<HeadEntry> heads = schema.heads().stream()
                .map(head -> new HeadEntry(head.name(), head.output(), head.unit()))
                .toList();
        return new RankerEntry(NETWORK, SCHEMA, FEATURES, heads, OBJECTIVE);
    }

    /** What it reads and gives. */
    public static FeatureSchema schema() {
        return new FeatureSchema(
                10,
                List.of(
                        new VectorTable("item", ITEM_WIDTH, VectorTable.Keys.ITEM, FEATURES, "table.item"),
                        new VectorTable("text", TEXT_WIDTH, VectorTable.Keys.TEXT, FEATURES, "table.text"),
                        new VectorTable(
                                "als",
                                SmallBundle.DIMENSIONS,
                                VectorTable.Keys.ITEM,
                                "generators/als.safetensors",
                                "item_factors")),
                List.of(user(), context(), item(), pair(), candidate()),
                List.of(new Head(OBJECTIVE, "watch_time_out", "s"), new Head(CLICK, "click_out", "1")));
    }

    private static Block user() {
        return new Block(
                "user",
                Source.USER,
                List.of(
                        quantile("user_age", Reading.PROFILE, "age"),
                        new CategoryFeature("user_country", Reading.PROFILE, "country", "text"),
                        new BagFeature("recent_items", Reading.HISTORY_ITEMS, null, "item"),
                        new BagFeature("recent_categories", Reading.HISTORY_COLUMN, "categories", "text"),
                        new EmbeddingFeature("recent_als", Reading.HISTORY_VECTOR, "als"),
                        number("recent_count", Reading.HISTORY_COUNT, null),
                        number("recent_watched", Reading.HISTORY_WATCHED_SHARE, null)));
    }

    private static Block context() {
        return new Block(
                "context",
                Source.CONTEXT,
                List.of(
                        new CategoryFeature("device", Reading.CONTEXT, "device", "text"),
                        number("mood", Reading.CONTEXT, "mood"),
                        number("hour", Reading.HOUR_OF_DAY, null),
                        number("weekday", Reading.DAY_OF_WEEK, null)));
    }

    private static Block item() {
        return new Block(
                "item",
                Source.ITEM,
                List.of(
                        new CategoryFeature("item_id", Reading.ID, null, "item"),
                        new CategoryFeature("item_language", Reading.COLUMN, "language", "text"),
                        new BagFeature("item_categories", Reading.COLUMN, "categories", "text"),
                        quantile("item_duration", Reading.COLUMN, "duration_seconds"),
                        new EmbeddingFeature("item_als", Reading.VECTOR, "als"),
                        number("item_watches", Reading.STATISTIC, "watches")));
    }

    private static Block pair() {
        return new Block(
                "pair",
                Source.PAIR,
                List.of(
                        new NumberFeature("age", Reading.AGE, "published_at", Scale.STANDARD, false, 0, true),
                        number("category_share", Reading.RECENT_SHARE, "categories"),
                        quantile("uploader_since", Reading.SINCE_LAST, "uploader"),
                        number("category_watched", Reading.WATCHED_SHARE, "categories"),
                        number("language_match", Reading.MATCH, "language"),
                        number("als_cosine", Reading.COSINE, "als"),
                        number("als_dot", Reading.DOT, "als"),
                        number("unclicked", Reading.UNCLICKED, null)));
    }

    private static Block candidate() {
        return new Block(
                "candidate",
                Source.CANDIDATE,
                List.of(
                        number("als_score", Reading.SCORE, "als"),
                        number("als_nominated", Reading.NOMINATED, "als"),
                        number("nominations", Reading.NOMINATIONS, null),
                        number("position", Reading.POSITION, null)));
    }

    private static NumberFeature number(String name, Reading from, @Nullable String of) {
        return new NumberFeature(name, from, of, Scale.NONE, false, 0, true);
    }

    private static NumberFeature quantile(String name, Reading from, String of) {
        return new NumberFeature(name, from, of, Scale.QUANTILE, true, 0.5f, true);
    }

    private static FeatureStore store(ItemTable items, long seed) {
        Random random = new Random(seed);
        float[] watches = new float[items.size()];
        for (int item = 0; item < watches.length; item++) {
            watches[item] = item == 0 ? Float.NaN : random.nextFloat();
        }
        NumberScale.Quantiles quantiles =
                new NumberScale.Quantiles(new float[] {0, 60, 600, 1_000_000}, new float[] {0, 0.3f, 0.9f, 1});
        return new FeatureStore(
                items,
                Map.of(
                        "item", matrix(random, items.size(), ITEM_WIDTH),
                        "text", matrix(random, TEXTS.size(), TEXT_WIDTH)),
                Map.of("text", new Vocabulary(TEXTS)),
                Map.of(
                        "user_age", quantiles,
                        "item_duration", quantiles,
                        "uploader_since", quantiles,
                        "age", new NumberScale.Standard(2_000_000, 1_000_000)),
                Map.of("watches", watches));
    }

    private static FloatMatrix matrix(Random random, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return FloatMatrix.of(values, rows, columns);
    }
}
