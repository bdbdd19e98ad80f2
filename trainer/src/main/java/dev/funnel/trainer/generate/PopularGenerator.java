package dev.funnel.trainer.generate;

import dev.funnel.trainer.fit.Popularity;
import dev.funnel.trainer.fit.RankedItems;
import dev.funnel.trainer.read.InteractionLog;
import java.util.Map;

/** {@code popular}: the most popular items, an interaction counting half at the age of {@code half_life}. */
public final class PopularGenerator implements GeneratorKind {

    static final String NAME = "popular";

    private static final double MILLIS_PER_DAY = 86_400_000;
    static final double HALF_LIFE_DAYS = 14;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        double halfLifeDays = line.days("half_life", HALF_LIFE_DAYS);
        int length = line.whole("length", FittedList.USUAL_LENGTH, 1, FittedList.LONGEST);
        return (input, progress) -> FittedList.of(
                fit(input, input.speaking(), halfLifeDays, length), Map.of("half_life_days", halfLifeDays));
    }

    /** The most popular by the interactions at these places. */
    static RankedItems fit(FittingInput input, int[] speaking, double halfLifeDays, int length) {
        InteractionLog log = input.deeds().log();
        long last = input.lastMs(speaking);
        float[] weights = new float[speaking.length];
        int[] items = new int[speaking.length];
        for (int i = 0; i < speaking.length; i++) {
            double days = (last - log.timesMs()[speaking[i]]) / MILLIS_PER_DAY;
            items[i] = log.items()[speaking[i]];
            weights[i] = (float) (input.deeds().strengths()[speaking[i]] * Math.pow(.5, days / halfLifeDays));
        }
        int itemCount = input.items().size();
        return timesAverage(Popularity.fit(itemCount, items, weights, length), weights, itemCount);
    }

    /** Popularity as a multiple of the average item's, so that it means the same however long the log is. */
    private static RankedItems timesAverage(RankedItems counted, float[] weights, int itemCount) {
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        float[] scores = new float[counted.scores().length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (counted.scores()[i] * itemCount / sum);
        }
        return new RankedItems(counted.items(), scores);
    }
}
