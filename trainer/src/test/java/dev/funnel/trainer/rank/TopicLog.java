package dev.funnel.trainer.rank;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.read.Codes;
import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.read.InteractionLog;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A log over the items and users of {@link SmallBundle} whose truth is known: user u likes topic {@code u % 5}, clicks it four
 * times as often, and watches half of what is clicked on average. The first position is clicked twice as often as the fifth.
 */
final class TopicLog {
    static final int PAGE = 10;

    private static final long MINUTE_MS = 60_000;

    private final Bundle bundle;
    private final int pages;
    private final long seed;
    private final long startMs;

    TopicLog(Bundle bundle, int pages, long seed) {
        this.bundle = bundle;
        this.pages = pages;
        this.seed = seed;
        this.startMs = SmallBundle.NOW.toEpochMilli() - pages * MINUTE_MS;
    }

    static double clickProbability(int user, int item, int position) {
        double liked = user % SmallBundle.TOPICS == item % SmallBundle.TOPICS ? 0.4 : 0.1;
        return liked / (1 + 0.25 * position);
    }

    double expectedSeconds(int user, int item, int position) {
        return clickProbability(user, item, position) * meanWatch(item);
    }

    private double meanWatch(int item) {
        var durations = bundle.items().number("duration_seconds");
        return durations == null || !durations.present(item) ? 60 : durations.value(item) / 2;
    }

    ImpressionLog impressions() {
        Random random = new Random(seed);
        int size = pages * PAGE;
        int[] requests = new int[size];
        int[] users = new int[size];
        int[] items = new int[size];
        long[] times = new long[size];
        short[] positions = new short[size];
        boolean[] clicked = new boolean[size];
        float[] watched = new float[size];
        for (int page = 0; page < pages; page++) {
            int user = random.nextInt(SmallBundle.USERS);
            int[] shown =
                    random.ints(0, SmallBundle.ITEMS).distinct().limit(PAGE).toArray();
            for (int position = 0; position < PAGE; position++) {
                int i = page * PAGE + position;
                requests[i] = page;
                users[i] = user;
                items[i] = shown[position];
                times[i] = startMs + page * MINUTE_MS;
                positions[i] = (short) position;
                clicked[i] = random.nextDouble() < clickProbability(user, shown[position], position);
                watched[i] = clicked[i] ? (float) (2 * random.nextDouble() * meanWatch(shown[position])) : 0;
            }
        }
        return new ImpressionLog(
                requests,
                users,
                items,
                times,
                positions,
                clicked,
                watched,
                unknown(size),
                unknown(size),
                unknown(size));
    }

    private static Codes unknown(int size) {
        int[] codes = new int[size];
        Arrays.fill(codes, -1);
        return new Codes(codes, new String[0]);
    }

    /** The clicks as watches. */
    static InteractionLog watches(ImpressionLog log) {
        int[] clicks =
                IntStream.range(0, log.size()).filter(i -> log.clicked()[i]).toArray();
        byte[] kinds = new byte[clicks.length];
        float[] weights = new float[clicks.length];
        float[] watched = new float[clicks.length];
        Arrays.fill(kinds, (byte) 1);
        Arrays.fill(weights, 1);
        for (int i = 0; i < clicks.length; i++) {
            watched[i] = log.watchSeconds()[clicks[i]];
        }
        return new InteractionLog(
                Arrays.stream(clicks).map(i -> log.users()[i]).toArray(),
                Arrays.stream(clicks).map(i -> log.items()[i]).toArray(),
                Arrays.stream(clicks).mapToLong(i -> log.timesMs()[i]).toArray(),
                kinds,
                watched,
                weights);
    }

    /** Input for a training on the second half of the impressions, the first half being the past. */
    RankerTrainingInput input() throws Exception {
        ImpressionLog log = impressions();
        long half = startMs + pages / 2 * MINUTE_MS;
        return input(watches(log), new Examples.Impressions(log, new boolean[0], half, Long.MAX_VALUE));
    }

    RankerTrainingInput input(InteractionLog past, Examples examples) throws Exception {
        FloatMatrix factors = bundle.tensors("generators/als.safetensors").floats("item_factors");
        return new RankerTrainingInput(
                bundle.items(),
                bundle.users(),
                past,
                new long[] {examples instanceof Examples.Impressions shown ? shown.fromMs() : Long.MAX_VALUE},
                examples,
                (user, timeMs, most) -> bundle.users().history(user),
                new ByFactors(bundle.items(), factors),
                Map.of("als", new ItemVectors("generators/als.safetensors", "item_factors", factors)));
    }

    /** Scores an item by the inner product with the sum of the history's vectors. */
    private record ByFactors(ItemTable items, FloatMatrix factors) implements GeneratorScores {
        @Override
        public List<String> generators() {
            return List.of("als");
        }

        @Override
        public List<GeneratorSignals> signals(Asker asker, int[] candidates) {
            float[] scores = new float[candidates.length];
            for (int i = 0; i < scores.length; i++) {
                for (int watched : asker.history().items()) {
                    for (int d = 0; d < factors.columns(); d++) {
                        scores[i] += factors.get(watched, d) * factors.get(candidates[i], d);
                    }
                }
            }
            return List.of(new GeneratorSignals("als", scores, new boolean[0]));
        }

        @Override
        public int[] pool(Asker asker, int limit) {
            return IntStream.range(0, items.size()).limit(limit).toArray();
        }
    }
}
