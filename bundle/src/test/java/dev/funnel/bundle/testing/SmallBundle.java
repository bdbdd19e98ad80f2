package dev.funnel.bundle.testing;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemShards;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TimeColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A bundle of 60 items and 20 users, made from a seed, with every standard column, histories and four generators (als, covisit,
 * popular, newest), and no ranker. Items are of 5 topics, item i of topic {@code i % 5}; users like one topic, user u that of
 * {@code u % 5}, and a user's factors are the exact fold-in of the user's history, with the settings in the manifest.
 *
 * <p>Known by name: item {@code item-00} has no language, country, duration and categories; {@code item-59} expired at {@link #NOW};
 * {@code user-00} has an empty history; {@code user-01} disliked {@code item-06}.
 */
public final class SmallBundle {
    /** Name of the bundle. */
    public static final String NAME = "demo";

    /** Number of items. */
    public static final int ITEMS = 60;

    /** Number of users. */
    public static final int USERS = 20;

    /** Dimensions of the factors. */
    public static final int DIMENSIONS = 8;

    /** Number of topics. */
    public static final int TOPICS = 5;

    /** The data cut: every time in the bundle is before it, but some expiries. */
    public static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

    /** The seed if none is given. */
    public static final long SEED = 42;

    /** Weight of the unobserved pairs in the factorisation, number of and exponent in its regularisation. */
    public static final double UNOBSERVED_WEIGHT = 0.1;

    /** See {@link #UNOBSERVED_WEIGHT}. */
    public static final double REGULARIZATION = 0.05;

    private static final String[] LANGUAGES = {"en", "de", "fr"};
    private static final String[] COUNTRIES = {"US", "DE", "FR", "CH"};
    private static final String[] GENDERS = {"f", "m", ""};
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final byte WATCH = 1;

    private final Random random;
    private final int shards;
    private final SmallFactors factors;
    private final List<History> histories;

    private SmallBundle(long seed, int shards) {
        this.random = new Random(seed);
        this.shards = shards;
        this.factors = SmallFactors.random(random);
        this.histories = histories();
    }

    /** Publishes the bundle of {@link #SEED} under {@code root}, as {@code <root>/demo/<version>}. */
    public static BundleVersion publish(Path root) throws IOException, BundleRefusedException {
        return publish(root, SEED);
    }

    /** Publishes the bundle of {@code seed}. Versions of one root are strictly increasing, the first is always the same. */
    public static BundleVersion publish(Path root, long seed) throws IOException, BundleRefusedException {
        try (BundleStore.Draft draft = store(root).draft()) {
            return draft.publish(fill(draft, seed));
        }
    }

    /**
     * Publishes the bundle of {@link #SEED} with its items split into shards. Its rows are as ever, but carry other ids: those of shard 0 first.
     */
    public static BundleVersion publishSharded(Path root, int shards) throws IOException, BundleRefusedException {
        try (BundleStore.Draft draft = store(root).draft()) {
            return draft.publish(new SmallBundle(SEED, shards).write(draft).withShards(shards));
        }
    }

    /** The store of the bundle under {@code root}; its clock stands at {@link #NOW}. */
    public static BundleStore store(Path root) {
        return new BundleStore(root, NAME, InstantSource.fixed(NOW));
    }

    /** Directory of {@code version} under {@code root}. */
    public static Path directory(Path root, BundleVersion version) {
        return store(root).path(version);
    }

    /** Writes the files of the bundle of {@code seed} to {@code draft} and returns what to publish it with, for callers that add to it. */
    public static Manifest.Draft fill(BundleStore.Draft draft, long seed) throws IOException {
        return new SmallBundle(seed, 1).write(draft);
    }

    /** External id of item {@code itemIndex}. */
    public static String item(int itemIndex) {
        return "item-%02d".formatted(itemIndex);
    }

    /** External id of the user in {@code row}. */
    public static String user(int row) {
        return "user-%02d".formatted(row);
    }

    private Manifest.Draft write(BundleStore.Draft draft) throws IOException {
        writeItems(draft.file("items.safetensors"));
        writeUsers(draft.file("users.safetensors"));
        factors.write(draft.file("generators/als.safetensors"), histories);
        SmallLists.writeCovisit(draft.file("generators/covisit.safetensors"), histories);
        float[] counts = new float[ITEMS];
        histories.forEach(history -> Arrays.stream(history.items()).forEach(item -> counts[item]++));
        SmallLists.writeRanked(draft.file("generators/popular.safetensors"), counts);
        float[] days = SmallLists.floats(ITEMS, item -> (publishedMs(item) - NOW.toEpochMilli()) / (float) DAY_MS);
        SmallLists.writeRanked(draft.file("generators/newest.safetensors"), days);
        List<GeneratorEntry> generators = List.of(
                generator(
                        "als",
                        "factorization",
                        "dot",
                        DIMENSIONS,
                        Map.of(
                                "unobserved_weight", UNOBSERVED_WEIGHT,
                                "regularization", REGULARIZATION,
                                "regularization_exponent", 1.0)),
                generator("covisit", "covisitation", null, 0, Map.of()),
                generator("popular", "ranked-list", null, 0, Map.of()),
                generator("newest", "ranked-list", null, 0, Map.of(GeneratorEntry.NEWEST_AT_MS, (double)
                        publishedMs(ITEMS - 1))));
        return new Manifest.Draft(NOW, 0, generators, null, List.of(), Map.of("als.recall@20", 0.5));
    }

    private static GeneratorEntry generator(
            String name, String kind, @Nullable String similarity, int dimensions, Map<String, Double> parameters) {
        return new GeneratorEntry(
                name,
                kind,
                "generators/" + name + ".safetensors",
                similarity,
                dimensions,
                20,
                new Calibration(1, -1),
                0.5,
                parameters);
    }

    private void writeItems(Path path) throws IOException {
        String[] ids = Arrays.stream(ids(ITEMS, "item"))
                .sorted(Comparator.comparingInt(id -> ItemShards.of(id, shards)))
                .toArray(String[]::new);
        String[] titles = new String[ITEMS];
        List<List<String>> categories = new ArrayList<>();
        String[] uploaders = new String[ITEMS];
        String[] languages = new String[ITEMS];
        String[] countries = new String[ITEMS];
        long[] published = new long[ITEMS];
        long[] expires = new long[ITEMS];
        float[] durations = new float[ITEMS];
        float[] maturity = new float[ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            titles[i] = "Title of item %d, öäü".formatted(i);
            categories.add(i == 0 ? List.of() : List.of("topic-" + i % TOPICS, i % 2 == 0 ? "even" : "odd"));
            uploaders[i] = "uploader-" + i % 7;
            languages[i] = i == 0 ? "" : LANGUAGES[i % LANGUAGES.length];
            countries[i] = i == 0 ? "" : COUNTRIES[i % COUNTRIES.length];
            published[i] = publishedMs(i);
            expires[i] = i == ITEMS - 1 ? NOW.toEpochMilli() : TimeColumn.MISSING;
            durations[i] = i == 0 ? Float.NaN : 30 + random.nextInt(600);
            maturity[i] = i % 10 == 9 ? 18 : 0;
        }
        new TableWriter(path, ids)
                .text("title", titles)
                .categoryList("categories", categories)
                .category("uploader", uploaders)
                .category("language", languages)
                .category("country", countries)
                .time("published_at", published)
                .time("expires_at", expires)
                .number("duration_seconds", durations)
                .number("maturity", maturity)
                .write();
    }

    /** Items are 1 to 60 days old, the last is the newest. */
    private static long publishedMs(int item) {
        return NOW.toEpochMilli() - (ITEMS - item) * DAY_MS;
    }

    private void writeUsers(Path path) throws IOException {
        String[] countries = new String[USERS];
        String[] languages = new String[USERS];
        String[] genders = new String[USERS];
        float[] ages = new float[USERS];
        for (int u = 0; u < USERS; u++) {
            countries[u] = COUNTRIES[u % COUNTRIES.length];
            languages[u] = LANGUAGES[u % LANGUAGES.length];
            genders[u] = GENDERS[u % GENDERS.length];
            ages[u] = u == 0 ? Float.NaN : 16 + random.nextInt(60);
        }
        new TableWriter(path, ids(USERS, "user"))
                .category("country", countries)
                .category("language", languages)
                .category("gender", genders)
                .number("age", ages)
                .histories(histories)
                .write();
    }

    private static String[] ids(int size, String what) {
        return IntStream.range(0, size)
                .mapToObj(i -> "%s-%02d".formatted(what, i))
                .toArray(String[]::new);
    }

    private List<History> histories() {
        return IntStream.range(0, USERS).mapToObj(this::history).toList();
    }

    private History history(int user) {
        int size = user == 0 ? 0 : 4 + random.nextInt(5);
        int[] watched = distinctItems(user % TOPICS, size);
        long[] times = new long[size];
        byte[] kinds = new byte[size];
        long[] watchedMs = new long[size];
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            times[i] = NOW.toEpochMilli() - (i + 1) * DAY_MS / 4;
            kinds[i] = WATCH;
            watchedMs[i] = 10_000L + random.nextInt(60_000);
            weights[i] = 1;
        }
        if (user == 1) {
            watched[size - 1] = 6;
            kinds[size - 1] = History.DISLIKE;
            watchedMs[size - 1] = -1;
            weights[size - 1] = 0;
        }
        return new History(watched, times, kinds, watchedMs, weights);
    }

    /** Mostly items of {@code topic}, never item 6, which only user 1 knows. */
    private int[] distinctItems(int topic, int size) {
        return random.ints(0, ITEMS)
                .map(item -> random.nextInt(4) == 0 ? item : item - item % TOPICS + topic)
                .filter(item -> item != 6)
                .distinct()
                .limit(size)
                .toArray();
    }
}
