package dev.funnel.trainer.rank;

import dev.funnel.inference.feature.Unclicked;
import dev.funnel.trainer.read.ImpressionLog;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What was shown to each user without a click, by time: what an example may know of earlier pages. Safe for several threads. */
public final class EarlierImpressions {
    /** Nothing was shown to anybody. */
    public static final EarlierImpressions NONE = new EarlierImpressions(new long[0], new int[0]);

    private final long[] timesMs;
    private final int[] items;
    private final Map<Integer, Range> ofUser = new HashMap<>();

    /** Places of a user's impressions, oldest first. */
    private record Range(int from, int to) {}

    private EarlierImpressions(long[] timesMs, int[] items) {
        this.timesMs = timesMs;
        this.items = items;
    }

    private EarlierImpressions(ImpressionLog log, int[] places) {
        this(
                Arrays.stream(places).mapToLong(i -> log.timesMs()[i]).toArray(),
                Arrays.stream(places).map(i -> log.items()[i]).toArray());
        int from = 0;
        for (int at = 1; at <= places.length; at++) {
            if (at == places.length || log.users()[places[at]] != log.users()[places[from]]) {
                ofUser.put(log.users()[places[from]], new Range(from, at));
                from = at;
            }
        }
    }

    /** Of a log; of one without times nothing is known to be earlier. */
    public static EarlierImpressions of(ImpressionLog log) {
        int[] places = IntStream.range(0, log.timed() ? log.size() : 0)
                .filter(i -> log.users()[i] >= 0 && !log.clicked()[i])
                .boxed()
                .sorted((a, b) -> {
                    int byUser = Integer.compare(log.users()[a], log.users()[b]);
                    return byUser != 0 ? byUser : Long.compare(log.timesMs()[a], log.timesMs()[b]);
                })
                .mapToInt(Integer::intValue)
                .toArray();
        return new EarlierImpressions(log, places);
    }

    /**
     * How often each of some items was shown to the user before an instant without a click; null if nothing was, as a request says
     * nothing then.
     */
    public @Nullable Unclicked before(int user, long timeMs, int[] of) {
        Range range = ofUser.get(user);
        if (range == null || timesMs[range.from] >= timeMs) {
            return null;
        }
        Map<Integer, Integer> counts = new HashMap<>();
        for (int at = range.from; at < range.to && timesMs[at] < timeMs; at++) {
            counts.merge(items[at], 1, Integer::sum);
        }
        int[] shown = Arrays.stream(of).distinct().filter(counts::containsKey).toArray();
        return new Unclicked(
                shown,
                Arrays.stream(shown).map(item -> counts.getOrDefault(item, 0)).toArray());
    }
}
