package dev.funnel.trainer.rank;

import dev.funnel.bundle.HeadReliability;
import dev.funnel.bundle.HeadReliability.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Cuts examples by rising prediction into parts of about equal size. */
public final class ReliabilityParts {
    /** How many parts there are where there are enough examples. */
    public static final int DECILES = 10;

    private ReliabilityParts() {}

    /**
     * What was predicted and observed, part by part.
     *
     * @param most how many parts; fewer if there are fewer examples, none if there are none
     */
    public static List<Part> of(float[] predicted, float[] observed, int most) {
        int[] order = IntStream.range(0, predicted.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> predicted[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Part> parts = new ArrayList<>();
        int count = Math.min(most, order.length);
        for (int part = 0; part < count; part++) {
            int from = (int) ((long) order.length * part / count);
            int to = (int) ((long) order.length * (part + 1) / count);
            parts.add(new Part(to - from, mean(predicted, order, from, to), mean(observed, order, from, to)));
        }
        return parts;
    }

    /** The same as a head's reliability over all examples. */
    public static HeadReliability of(String head, float[] predicted, float[] observed) {
        return new HeadReliability(head, HeadReliability.ALL, of(predicted, observed, DECILES));
    }

    private static double mean(float[] values, int[] order, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[order[i]];
        }
        return sum / (to - from);
    }
}
