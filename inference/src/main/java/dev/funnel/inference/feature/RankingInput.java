package dev.funnel.inference.feature;

import dev.funnel.bundle.History;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a ranker may look at to score one pool for one person. Items are item indexes of one bundle version.
 *
 * @param timeMillis the instant the slate is for, in milliseconds since 1970-01-01T00:00:00Z
 * @param userId whom it is for; empty: an anonymous visitor, or nobody reads it
 * @param profile values by column of the user table
 * @param context values by name: "country", "language", "device", and further ones
 * @param history what the user did, newest first
 * @param unclicked what was lately shown without a click; null if nobody counted
 * @param candidates what to score; -1 is an item the bundle does not hold
 * @param generators what the generators said, their arrays parallel to {@code candidates}
 * @param positions per candidate its place on the page, from 1; empty: each as if it were shown first
 * @param exampleAgeSeconds how long before the end of the training log a training example lies; 0 in serving
 */
public record RankingInput(
        long timeMillis,
        String userId,
        Map<String, FeatureValue> profile,
        Map<String, FeatureValue> context,
        History history,
        @Nullable Unclicked unclicked,
        int[] candidates,
        List<GeneratorSignals> generators,
        int[] positions,
        float exampleAgeSeconds) {
    public RankingInput {
        profile = Map.copyOf(profile);
        context = Map.copyOf(context);
        generators = List.copyOf(generators);
        for (GeneratorSignals signals : generators) {
            parallel("scores of " + signals.generator(), signals.scores().length, candidates.length);
            parallel("nominations of " + signals.generator(), signals.nominated().length, candidates.length);
            parallel("places of " + signals.generator(), signals.places().length, candidates.length);
        }
        parallel("positions", positions.length, candidates.length);
    }

    /** What is asked of somebody whose id is not read; no example has an age. */
    public RankingInput(
            long timeMillis,
            Map<String, FeatureValue> profile,
            Map<String, FeatureValue> context,
            History history,
            @Nullable Unclicked unclicked,
            int[] candidates,
            List<GeneratorSignals> generators,
            int[] positions) {
        this(timeMillis, "", profile, context, history, unclicked, candidates, generators, positions, 0);
    }

    /** What there is to know of a person without any candidate: what a query tower reads. */
    public static RankingInput ofPerson(
            long timeMillis,
            Map<String, FeatureValue> profile,
            Map<String, FeatureValue> context,
            History history,
            float exampleAgeSeconds) {
        return new RankingInput(
                timeMillis, "", profile, context, history, null, new int[0], List.of(), new int[0], exampleAgeSeconds);
    }

    /** Items of which nothing is asked but what they are. */
    public static RankingInput ofItems(int[] items) {
        return new RankingInput(0, Map.of(), Map.of(), History.EMPTY, null, items, List.of(), new int[0]);
    }

    /** The same, asked for that user. */
    public RankingInput forUser(String user) {
        return new RankingInput(
                timeMillis,
                user,
                profile,
                context,
                history,
                unclicked,
                candidates,
                generators,
                positions,
                exampleAgeSeconds);
    }

    private static void parallel(String what, int length, int candidates) {
        if (length != 0 && length != candidates) {
            throw new IllegalArgumentException(what + ": " + length + " values for " + candidates + " candidates");
        }
    }
}
