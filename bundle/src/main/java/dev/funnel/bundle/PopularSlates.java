package dev.funnel.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What most people like, best first: overall, and by country, language and category. It is what is served when nothing can be made
 * for a person, so each slate is longer than any page, and strict rules leave enough of it.
 *
 * <p>Stored as {@value #FILE}: {@code keys} (strings, {@code keys.bytes} and {@code keys.offsets}), {@code offsets} (where each key's
 * slate begins, and the end), {@code items} and {@code scores}. A bundle may be without it.
 *
 * @param byKey by {@link #OVERALL}, {@link #country}, {@link #language} or {@link #category}
 */
public record PopularSlates(Map<String, Slate> byKey) {
    /** Name of the file. */
    public static final String FILE = "popular-slates.safetensors";

    /** Key of the slate for everybody. */
    public static final String OVERALL = "overall";

    /** Most items of a slate: twice the largest page. */
    public static final int LONGEST = 1_000;

    private static final int MOST_SLATES = 10_000;

    /**
     * One slate.
     *
     * @param items item indexes, best first
     * @param scores in that order
     */
    public record Slate(int[] items, float[] scores) {
        /** Refuses what is not of one length. */
        public Slate {
            if (items.length != scores.length) {
                throw new IllegalArgumentException(
                        "a popular slate has " + items.length + " items and " + scores.length + " scores");
            }
        }
    }

    /** Key of a country's slate. */
    public static String country(String country) {
        return "country=" + country;
    }

    /** Key of a language's slate. */
    public static String language(String language) {
        return "language=" + language;
    }

    /** Key of a category's slate. */
    public static String category(String category) {
        return "category=" + category;
    }

    /** A bundle's; without any if it does not have the file. */
    public static PopularSlates of(Bundle bundle) throws BundleRefusedException {
        boolean held =
                bundle.manifest().files().stream().anyMatch(file -> file.path().equals(FILE));
        return held ? read(bundle.tensors(FILE), bundle.items().size()) : new PopularSlates(Map.of());
    }

    private static PopularSlates read(TensorFile file, int itemCount) throws BundleRefusedException {
        StringVector keys = StringVector.read(file, "keys");
        if (keys.size() > MOST_SLATES) {
            throw file.refused("keys", "has " + keys.size() + " slates, more than " + MOST_SLATES);
        }
        int[] items = file.indexes("items", 0, itemCount).toArray();
        float[] scores = file.floats("scores", items.length, 1).toArray();
        LongVector offsets = file.offsets("offsets", keys.size(), items.length);
        Map<String, Slate> byKey = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
            int begin = Math.toIntExact(offsets.get(i));
            int end = Math.toIntExact(offsets.get(i + 1));
            byKey.put(
                    keys.value(i),
                    new Slate(Arrays.copyOfRange(items, begin, end), Arrays.copyOfRange(scores, begin, end)));
        }
        return new PopularSlates(Map.copyOf(byKey));
    }

    /** Writes them; training again writes the same bytes. */
    public void write(Path path) throws IOException {
        List<String> keys = new ArrayList<>(new TreeMap<>(byKey).keySet());
        int size =
                byKey.values().stream().mapToInt(slate -> slate.items().length).sum();
        long[] offsets = new long[keys.size() + 1];
        int[] items = new int[size];
        float[] scores = new float[size];
        for (int i = 0; i < keys.size(); i++) {
            Slate slate = Objects.requireNonNull(byKey.get(keys.get(i)));
            int at = Math.toIntExact(offsets[i]);
            System.arraycopy(slate.items(), 0, items, at, slate.items().length);
            System.arraycopy(slate.scores(), 0, scores, at, slate.scores().length);
            offsets[i + 1] = at + slate.items().length;
        }
        new TensorFileWriter(path)
                .addStrings("keys", keys.toArray(String[]::new))
                .add("offsets", offsets)
                .add("items", items)
                .add("scores", scores)
                .write();
    }
}
