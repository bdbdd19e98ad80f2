package dev.funnel.runtime.wire;

import java.util.List;

/**
 * A pool of items worth scoring, in columns. A candidate nominated by several generators stands once.
 *
 * @param itemIds the items, without repeats
 * @param nominations who nominated what, one entry per generator
 * @param calibratedScores per item the best calibrated score any generator gave it; empty: unknown
 */
public record Candidates(List<String> itemIds, List<Nomination> nominations, float[] calibratedScores) {
    public static final Candidates NONE = new Candidates(List.of(), List.of(), new float[0]);

    public int size() {
        return itemIds.size();
    }
}
