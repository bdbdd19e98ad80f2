package dev.funnel.reranker.rule;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.DeviceType;
import dev.funnel.runtime.wire.FeatureValue;
import dev.funnel.runtime.wire.ImpressionCounts;
import dev.funnel.runtime.wire.InteractionKind;
import dev.funnel.runtime.wire.Interactions;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A request on a catalogue for rule tests: nothing is known of anyone until it is said. */
public final class Request {
    /** The instant every request is for. */
    public static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    private final RerankerSnapshot snapshot;
    private final Map<String, Float> candidates = new LinkedHashMap<>();
    private final List<String> recentIds = new ArrayList<>();
    private final List<InteractionKind> recentKinds = new ArrayList<>();
    private final List<Long> recentTimes = new ArrayList<>();
    private final List<Long> recentWatched = new ArrayList<>();
    private final Map<String, Integer> unclicked = new LinkedHashMap<>();
    private final Map<String, FeatureValue> profile = new LinkedHashMap<>();
    private final Map<String, Map<String, Float>> heads = new LinkedHashMap<>();
    private final List<String> olderWatched = new ArrayList<>();
    private final List<String> disliked = new ArrayList<>();
    private final List<String> blockedUploaders = new ArrayList<>();
    private final List<String> blockedCategories = new ArrayList<>();
    private final List<String> excluded = new ArrayList<>();
    private @Nullable ItemPredicate filter;
    private String seedItem = "";
    private String language = "";
    private String country = "";
    private Exposures exposures = Exposures.NONE;
    private long seed;

    public Request(Catalogue catalogue) {
        this(catalogue.snapshot());
    }

    public Request(RerankerSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * A request about every item of a catalogue, with random scores (some equal) and everything that filters look at.
     *
     * @param order of the candidates; the request is otherwise the same for every order
     */
    public static Request random(Catalogue catalogue, RerankerSnapshot snapshot, long seed, Random order) {
        Random random = new Random(seed);
        Request request = new Request(snapshot);
        Map<String, Float> scores = new LinkedHashMap<>();
        for (String id : catalogue.ids()) {
            scores.put(id, random.nextInt(20) / 4f);
            boolean recent = random.nextInt(6) == 0;
            if (recent) {
                request.recent(
                        id, InteractionKind.ofNumber(1 + random.nextInt(6)), NOW - random.nextInt(1_000_000_000));
            }
            request.olderWatched.addAll(random.nextInt(12) == 0 ? List.of(id) : List.of());
            request.disliked.addAll(random.nextInt(8) == 0 ? List.of(id) : List.of());
            request.excluded.addAll(random.nextInt(8) == 0 ? List.of(id) : List.of());
        }
        Random further = new Random(random.nextLong());
        for (String id : catalogue.ids()) {
            request.unclicked(id, further.nextInt(10)).head("watch_time", id, further.nextInt(40) / 4f);
        }
        request.country("DE").profile("age", new FeatureValue.Number(14));
        request.blocked("u1", "c3")
                .seedItem(catalogue.ids().getFirst())
                .language("de")
                .seed(seed);
        List<String> shuffled = new ArrayList<>(catalogue.ids());
        Collections.shuffle(shuffled, order);
        shuffled.forEach(id -> request.candidate(id, scores.getOrDefault(id, 0f)));
        return request;
    }

    public Request candidate(String id, double score) {
        candidates.put(id, (float) score);
        return this;
    }

    /** Interactions are told newest first. */
    public Request recent(String id, InteractionKind kind, long timeMillis) {
        recentIds.add(id);
        recentKinds.add(kind);
        recentTimes.add(timeMillis);
        recentWatched.add(-1L);
        return this;
    }

    /** Of the interaction told last. */
    public Request watched(long millis) {
        recentWatched.set(recentWatched.size() - 1, millis);
        return this;
    }

    public Request unclicked(String id, int count) {
        unclicked.put(id, count);
        return this;
    }

    public Request profile(String name, FeatureValue value) {
        profile.put(name, value);
        return this;
    }

    public Request head(String head, String id, double value) {
        heads.computeIfAbsent(head, name -> new LinkedHashMap<>()).put(id, (float) value);
        return this;
    }

    public Request country(String code) {
        country = code;
        return this;
    }

    public Request exposures(Exposures before) {
        exposures = before;
        return this;
    }

    public Request olderWatched(String id) {
        olderWatched.add(id);
        return this;
    }

    public Request disliked(String id) {
        disliked.add(id);
        return this;
    }

    public Request blocked(String uploader, String category) {
        blockedUploaders.add(uploader);
        blockedCategories.add(category);
        return this;
    }

    public Request excluded(String id) {
        excluded.add(id);
        return this;
    }

    public Request filter(ItemPredicate predicate) {
        filter = predicate;
        return this;
    }

    public Request seedItem(String id) {
        seedItem = id;
        return this;
    }

    public Request language(String tag) {
        language = tag;
        return this;
    }

    public Request seed(long value) {
        seed = value;
        return this;
    }

    public RerankInput input() {
        String[] ids = candidates.keySet().toArray(String[]::new);
        int[] items = IntStream.range(0, ids.length)
                .map(i -> snapshot.items().indexOf(ids[i]))
                .toArray();
        float[] scores = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            scores[i] = candidates.getOrDefault(ids[i], 0f);
        }
        Map<String, float[]> columns = new LinkedHashMap<>();
        heads.forEach((head, values) -> columns.put(head, column(ids, values)));
        return new RerankInput(snapshot, new Pool(ids, items, scores), user(), query(), seed, columns, exposures);
    }

    private static float[] column(String[] ids, Map<String, Float> values) {
        float[] column = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            column[i] = values.getOrDefault(ids[i], 0f);
        }
        return column;
    }

    private UserState user() {
        return new UserState(
                "",
                profile,
                interactions(),
                0,
                olderWatched,
                disliked,
                blockedUploaders,
                blockedCategories,
                List.of(),
                new ImpressionCounts(
                        List.copyOf(unclicked.keySet()),
                        unclicked.values().stream().mapToInt(Integer::intValue).toArray()),
                false);
    }

    private Interactions interactions() {
        int size = recentIds.size();
        byte[] kinds = new byte[size];
        long[] times = new long[size];
        long[] watched = new long[size];
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            kinds[i] = (byte) recentKinds.get(i).number();
            times[i] = recentTimes.get(i);
            watched[i] = recentWatched.get(i);
            weights[i] = 1;
        }
        return new Interactions(recentIds, kinds, times, watched, weights);
    }

    private Query query() {
        Context context = new Context(country, language, DeviceType.UNKNOWN, Instant.ofEpochMilli(NOW), Map.of());
        return new Query("", Interactions.NONE, seedItem, context, excluded, filter);
    }
}
