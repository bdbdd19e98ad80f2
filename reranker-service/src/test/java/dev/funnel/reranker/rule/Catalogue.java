package dev.funnel.reranker.rule;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.reranker.snapshot.ClickBaitModel;
import dev.funnel.reranker.snapshot.Embeddings;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Items for rule tests, one by one: each call of {@link #item} starts one, the calls after it describe it. */
public final class Catalogue {
    static final BundleVersion VERSION = new BundleVersion("20260101000000000-0123456789ab");

    private static final Map<List<Object>, Catalogue> RANDOM = new ConcurrentHashMap<>();

    private final List<String> ids = new ArrayList<>();
    private final List<String> uploaders = new ArrayList<>();
    private final List<String> languages = new ArrayList<>();
    private final List<String> countries = new ArrayList<>();
    private final List<Float> durations = new ArrayList<>();
    private final List<Float> maturities = new ArrayList<>();
    private final List<List<String>> categories = new ArrayList<>();
    private final List<Long> published = new ArrayList<>();
    private final List<Long> expires = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();
    private final int dimensions;
    private @Nullable ClickBaitModel clickBait;
    private @Nullable RerankerSnapshot snapshot;

    /**
     * @param dimensions of the embeddings; 0: none
     */
    public Catalogue(int dimensions) {
        this.dimensions = dimensions;
    }

    /**
     * {@code size} items v000, v001, ... with everything drawn at random, and now and then missing. Made once for each seed: it
     * must not be added to.
     */
    public static Catalogue random(int size, int dimensions, long seed) {
        return RANDOM.computeIfAbsent(List.of(size, dimensions, seed), key -> draw(size, dimensions, new Random(seed)));
    }

    private static Catalogue draw(int size, int dimensions, Random random) {
        Catalogue catalogue = new Catalogue(dimensions).clickBait((items, time) -> baits(items));
        Random further = new Random(random.nextLong());
        for (int i = 0; i < size; i++) {
            catalogue.item("v%03d".formatted(i)).uploader("u" + random.nextInt(6));
            catalogue.language(List.of("", "de", "en").get(random.nextInt(3)));
            catalogue.categories(random.ints(random.nextInt(4), 0, 8)
                    .mapToObj(code -> "c" + code)
                    .distinct()
                    .toArray(String[]::new));
            catalogue.published(
                    random.nextInt(8) == 0 ? TimeColumn.MISSING : Request.NOW + days(random.nextInt(50) - 40));
            catalogue.expires(random.nextInt(2) == 0 ? TimeColumn.MISSING : Request.NOW + days(random.nextInt(20) - 5));
            catalogue.country(List.of("", "DE", "AT").get(further.nextInt(3)));
            catalogue.duration(further.nextInt(8) == 0 ? Float.NaN : 10 + further.nextInt(1000));
            catalogue.maturity(further.nextInt(8) == 0 ? Float.NaN : 6 * further.nextInt(4));
            if (random.nextInt(8) > 0) {
                catalogue.vector(randomVector(dimensions, random));
            }
        }
        return catalogue;
    }

    public Catalogue item(String id) {
        ids.add(id);
        uploaders.add("");
        languages.add("");
        countries.add("");
        durations.add(Float.NaN);
        maturities.add(Float.NaN);
        categories.add(List.of());
        published.add(TimeColumn.MISSING);
        expires.add(TimeColumn.MISSING);
        vectors.add(new float[dimensions]);
        return this;
    }

    public Catalogue uploader(String uploader) {
        uploaders.set(ids.size() - 1, uploader);
        return this;
    }

    public Catalogue language(String language) {
        languages.set(ids.size() - 1, language);
        return this;
    }

    public Catalogue country(String country) {
        countries.set(ids.size() - 1, country);
        return this;
    }

    public Catalogue duration(float seconds) {
        durations.set(ids.size() - 1, seconds);
        return this;
    }

    public Catalogue maturity(float years) {
        maturities.set(ids.size() - 1, years);
        return this;
    }

    /** Of the whole catalogue. */
    public Catalogue clickBait(ClickBaitModel model) {
        clickBait = model;
        return this;
    }

    public Catalogue categories(String... values) {
        categories.set(ids.size() - 1, List.of(values));
        return this;
    }

    public Catalogue published(long millis) {
        published.set(ids.size() - 1, millis);
        return this;
    }

    public Catalogue expires(long millis) {
        expires.set(ids.size() - 1, millis);
        return this;
    }

    public Catalogue vector(float... values) {
        vectors.set(ids.size() - 1, values);
        return this;
    }

    public List<String> ids() {
        return ids;
    }

    /** Written as a table file and mapped, as a bundle's would be; once, so it ends the description. */
    public synchronized RerankerSnapshot snapshot() {
        if (snapshot == null) {
            snapshot = map();
        }
        return snapshot;
    }

    private RerankerSnapshot map() {
        try {
            Path folder = Files.createTempDirectory("catalogue");
            Path file = folder.resolve("items.safetensors");
            write(file);
            ItemTable items = ItemTable.load(TensorFile.open(file, Arena.ofAuto()));
            Files.delete(file);
            Files.delete(folder);
            return new RerankerSnapshot(VERSION, items, embeddings(), clickBait);
        } catch (IOException | BundleRefusedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(Path file) throws IOException {
        new TableWriter(file, ids.toArray(String[]::new))
                .category("uploader", uploaders.toArray(String[]::new))
                .category("language", languages.toArray(String[]::new))
                .category("country", countries.toArray(String[]::new))
                .number("duration_seconds", numbers(durations))
                .number("maturity", numbers(maturities))
                .categoryList("categories", categories)
                .time("published_at", millis(published))
                .time("expires_at", millis(expires))
                .write();
    }

    private Embeddings embeddings() {
        if (dimensions == 0) {
            return Embeddings.none(ids.size());
        }
        float[] flat = new float[ids.size() * dimensions];
        for (int i = 0; i < vectors.size(); i++) {
            System.arraycopy(vectors.get(i), 0, flat, i * dimensions, dimensions);
        }
        return Embeddings.of(FloatMatrix.of(flat, ids.size(), dimensions));
    }

    private static float[] baits(int[] items) {
        float[] probabilities = new float[items.length];
        for (int i = 0; i < items.length; i++) {
            probabilities[i] = items[i] % 10 / 10f;
        }
        return probabilities;
    }

    private static float[] numbers(List<Float> column) {
        float[] numbers = new float[column.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = column.get(i);
        }
        return numbers;
    }

    private static long[] millis(List<Long> column) {
        return column.stream().mapToLong(Long::longValue).toArray();
    }

    private static float[] randomVector(int dimensions, Random random) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static long days(int days) {
        return days * 86_400_000L;
    }
}
