package dev.funnel.trainer.rank;

import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.trainer.read.Codes;
import dev.funnel.trainer.read.ImpressionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Groups impressions into pages. */
final class ImpressionPages {
    /** Longer pages are cut, so that a batch has a bounded size. */
    static final int LONGEST = 256;

    private final ImpressionLog log;
    private final boolean[] liked;
    private final EarlierImpressions earlier;
    private final ImpressionSources sources;

    private ImpressionPages(ImpressionLog log, boolean[] liked) {
        this.log = log.withKnownWatches();
        this.liked = liked;
        this.earlier = EarlierImpressions.of(log);
        this.sources = new ImpressionSources(log.sources());
    }

    /** The pages of a time, oldest first, the latest {@code mostExamples} impressions at most. */
    static List<Page> of(Examples.Impressions examples, int mostExamples) {
        ImpressionLog log = examples.log();
        int[] chosen = IntStream.range(0, log.size())
                .filter(i -> log.timesMs()[i] >= examples.fromMs() && log.timesMs()[i] < examples.untilMs())
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(i -> log.timesMs()[i])
                        .thenComparingInt(i -> log.requests()[i])
                        .thenComparingInt(i -> log.positions()[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int first = Math.max(0, chosen.length - mostExamples);
        return new ImpressionPages(log, examples.liked()).cut(Arrays.copyOfRange(chosen, first, chosen.length));
    }

    private List<Page> cut(int[] chosen) {
        List<Page> pages = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= chosen.length; i++) {
            if (i == chosen.length || i - from == LONGEST || !together(chosen[from], chosen[i])) {
                pages.add(page(Arrays.copyOfRange(chosen, from, i)));
                from = i;
            }
        }
        return pages;
    }

    private boolean together(int a, int b) {
        return log.requests()[a] == log.requests()[b]
                && log.users()[a] == log.users()[b]
                && log.timesMs()[a] == log.timesMs()[b];
    }

    private Page page(int[] impressions) {
        int first = impressions[0];
        int size = impressions.length;
        int[] items = new int[size];
        int[] positions = new int[log.positions()[first] < 0 ? 0 : size];
        float[] weights = new float[size];
        boolean[] positive = new boolean[size];
        boolean[] likes = new boolean[liked.length == 0 ? 0 : size];
        for (int i = 0; i < size; i++) {
            items[i] = log.items()[impressions[i]];
            positive[i] = log.clicked()[impressions[i]];
            weights[i] = positive[i] ? log.watchSeconds()[impressions[i]] : 0;
            if (likes.length > 0) {
                likes[i] = liked[impressions[i]];
            }
            if (positions.length > 0) {
                positions[i] = log.positions()[impressions[i]] + 1;
            }
        }
        return new Page(
                log.users()[first],
                log.timesMs()[first],
                context(first),
                items,
                positions,
                weights,
                positive,
                likes,
                earlier.before(log.users()[first], log.timesMs()[first], items),
                sources.of(impressions));
    }

    private Map<String, FeatureValue> context(int impression) {
        Map<String, FeatureValue> context = new HashMap<>();
        put(context, "country", log.country(), impression);
        put(context, "language", log.language(), impression);
        put(context, "device", log.device(), impression);
        return context;
    }

    private static void put(Map<String, FeatureValue> context, String name, Codes codes, int impression) {
        String value = codes.value(impression);
        if (value != null) {
            context.put(name, new FeatureValue.Text(value));
        }
    }
}
