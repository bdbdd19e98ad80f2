package dev.funnel.inference.testing;

import dev.funnel.bundle.History;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Unclicked;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Inputs for rankers of {@link SmallBundle}, from a seed. */
public final class SmallInputs {
    private SmallInputs() {}

    /** A pool of {@code size} random items, a few of them unknown, for someone with a random history. */
    public static RankingInput random(long seed, int size) {
        Random random = new Random(seed);
        int[] candidates = new int[size];
        float[] scores = new float[size];
        boolean[] nominated = new boolean[size];
        for (int i = 0; i < size; i++) {
            candidates[i] = random.nextInt(20) == 0 ? -1 : random.nextInt(SmallBundle.ITEMS);
            scores[i] = random.nextInt(5) == 0 ? Float.NaN : random.nextFloat();
            nominated[i] = random.nextBoolean();
        }
        return new RankingInput(
                SmallBundle.NOW.toEpochMilli(),
                Map.of("age", new FeatureValue.Number(33), "country", new FeatureValue.Text("DE")),
                Map.of("device", new FeatureValue.Text("phone"), "language", new FeatureValue.Text("de")),
                history(random),
                new Unclicked(new int[] {1, 2}, new int[] {3, 1}),
                candidates,
                List.of(new GeneratorSignals("als", scores, nominated)),
                new int[0]);
    }

    private static History history(Random random) {
        int size = random.nextInt(15);
        History history = new History(new int[size], new long[size], new byte[size], new long[size], new float[size]);
        for (int i = 0; i < size; i++) {
            history.items()[i] = random.nextInt(SmallBundle.ITEMS);
            history.timesMs()[i] = SmallBundle.NOW.toEpochMilli() - (i + 1) * 3_600_000L;
            history.kinds()[i] = (byte) (1 + random.nextInt(7));
            history.watchedMs()[i] = random.nextInt(4) == 0 ? -1 : random.nextInt(200_000);
            history.weights()[i] = 1;
        }
        return history;
    }
}
