package dev.funnel.trainer.generate;

import dev.funnel.trainer.fit.RankedItems;
import dev.funnel.trainer.fit.Trending;
import dev.funnel.trainer.read.InteractionLog;
import java.util.Map;

/** {@code trending}: items that are watched more than they used to be, see {@link Trending}. */
public final class TrendingGenerator implements GeneratorKind {

    private static final double MILLIS_PER_DAY = 86_400_000;

    @Override
    public String name() {
        return "trending";
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        double halfLifeDays = line.days("half_life", 1);
        double baselineDays = line.days("baseline_half_life", 14);
        int length = line.whole("length", FittedList.USUAL_LENGTH, 1, FittedList.LONGEST);
        if (!(halfLifeDays < baselineDays)) {
            throw new IllegalArgumentException("half_life is %s days, must be below baseline_half_life, %s days"
                    .formatted(halfLifeDays, baselineDays));
        }
        return (input, progress) -> FittedList.of(
                fit(input, new Trending(halfLifeDays, baselineDays), length),
                Map.of("half_life_days", halfLifeDays, "baseline_half_life_days", baselineDays));
    }

    private static RankedItems fit(FittingInput input, Trending trending, int length) {
        int[] speaking = input.speaking();
        InteractionLog log = input.deeds().log();
        long last = input.lastMs(speaking);
        int[] items = new int[speaking.length];
        float[] weights = new float[speaking.length];
        double[] ages = new double[speaking.length];
        for (int i = 0; i < speaking.length; i++) {
            items[i] = log.items()[speaking[i]];
            weights[i] = input.deeds().strengths()[speaking[i]];
            ages[i] = (last - log.timesMs()[speaking[i]]) / MILLIS_PER_DAY;
        }
        return trending.fit(input.items().size(), items, weights, ages, length);
    }
}
