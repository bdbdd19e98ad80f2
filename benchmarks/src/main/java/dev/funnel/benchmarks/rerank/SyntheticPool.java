package dev.funnel.benchmarks.rerank;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TensorFile;
import dev.funnel.reranker.rule.Exposures;
import dev.funnel.reranker.rule.Pool;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.snapshot.Embeddings;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.DeviceType;
import dev.funnel.runtime.wire.FeatureValue;
import dev.funnel.runtime.wire.ImpressionCounts;
import dev.funnel.runtime.wire.InteractionKind;
import dev.funnel.runtime.wire.Interactions;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A made-up request: candidates drawn from a catalogue of {@value #ITEMS} items with the demo world's columns and random
 * embeddings of {@value #DIMENSIONS} dimensions, for a viewer with {@value #WATCHED} recent watches. Deterministic for a seed.
 */
final class SyntheticPool {
    static final int DIMENSIONS = 64;

    private static final int ITEMS = 20_000;
    private static final int WATCHED = 200;
    private static final int UPLOADERS = 1_600;
    private static final int CATEGORIES = 48;
    private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
    private static final long DAY = 86_400_000L;
    private static final String[] LANGUAGES = {"en", "de", "es", "fr", "hi"};

    private final Random random;
    private final RerankerSnapshot snapshot;

    SyntheticPool(Path folder, long seed) throws IOException, BundleRefusedException {
        this.random = new Random(seed);
        Path file = folder.resolve("items.safetensors");
        write(file);
        ItemTable items = ItemTable.load(TensorFile.open(file, Arena.ofAuto()));
        Files.delete(file);
        float[] vectors = new float[ITEMS * DIMENSIONS];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = (float) random.nextGaussian();
        }
        BundleVersion version = new BundleVersion("20260101000000000-0123456789ab");
        this.snapshot = new RerankerSnapshot(version, items, Embeddings.of(FloatMatrix.of(vectors, ITEMS, DIMENSIONS)));
    }

    /** A new request for so many candidates, as fresh objects as one that came over the wire. */
    RerankInput request(int candidates) {
        int[] items = random.ints(0, ITEMS).distinct().limit(candidates).toArray();
        String[] ids = Arrays.stream(items)
                .mapToObj(item -> new String(snapshot.items().id(item).toCharArray()))
                .toArray(String[]::new);
        float[] scores = new float[candidates];
        float[] watch = new float[candidates];
        for (int i = 0; i < candidates; i++) {
            scores[i] = random.nextFloat();
            watch[i] = 100 * random.nextFloat();
        }
        Context context = new Context("DE", "de", DeviceType.PHONE, Instant.ofEpochMilli(NOW), Map.of());
        Query query = new Query("u", Interactions.NONE, "", context, List.of(), null);
        Map<String, float[]> heads = Map.of("watch_time", watch);
        return new RerankInput(snapshot, new Pool(ids, items, scores), viewer(), query, 7, heads, Exposures.NONE);
    }

    private UserState viewer() {
        List<String> watched = random.ints(0, ITEMS)
                .limit(WATCHED)
                .mapToObj(snapshot.items()::id)
                .toList();
        byte[] kinds = new byte[WATCHED];
        Arrays.fill(kinds, (byte) InteractionKind.WATCH.number());
        long[] times = new long[WATCHED];
        Arrays.fill(times, NOW - DAY);
        long[] lengths = new long[WATCHED];
        Arrays.fill(lengths, 60_000);
        float[] weights = new float[WATCHED];
        Arrays.fill(weights, 1);
        List<String> unclicked = random.ints(0, ITEMS)
                .distinct()
                .limit(100)
                .mapToObj(snapshot.items()::id)
                .toList();
        int[] counts = new int[unclicked.size()];
        Arrays.fill(counts, 6);
        return new UserState(
                "u",
                Map.of("age", new FeatureValue.Number(34)),
                new Interactions(watched, kinds, times, lengths, weights),
                0,
                List.of(),
                List.of(watched.getFirst()),
                List.of("channel-7"),
                List.of("category-3"),
                List.of(),
                new ImpressionCounts(unclicked, counts),
                true);
    }

    private void write(Path file) throws IOException {
        String[] ids = IntStream.range(0, ITEMS).mapToObj("v%06d"::formatted).toArray(String[]::new);
        String[] uploaders = new String[ITEMS];
        String[] languages = new String[ITEMS];
        String[] countries = new String[ITEMS];
        List<List<String>> categories = new ArrayList<>();
        long[] published = new long[ITEMS];
        long[] expires = new long[ITEMS];
        float[] durations = new float[ITEMS];
        float[] maturity = new float[ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            uploaders[i] = "channel-" + random.nextInt(UPLOADERS);
            languages[i] = LANGUAGES[random.nextInt(LANGUAGES.length)];
            countries[i] = random.nextInt(10) == 0 ? "" : "DE";
            categories.add(List.of("category-" + random.nextInt(CATEGORIES), "group-" + random.nextInt(12)));
            published[i] = NOW - (long) (random.nextFloat() * 100 * DAY);
            expires[i] = NOW + DAY;
            durations[i] = 20 + random.nextInt(1_000);
            maturity[i] = random.nextInt(5) == 0 ? 16 : 0;
        }
        new TableWriter(file, ids)
                .category("uploader", uploaders)
                .category("language", languages)
                .category("country", countries)
                .categoryList("categories", categories)
                .time("published_at", published)
                .time("expires_at", expires)
                .number("duration_seconds", durations)
                .number("maturity", maturity)
                .write();
    }
}
