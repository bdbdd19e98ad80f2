package dev.funnel.reranker.rule;

/** A score transform changes scores. It neither adds nor removes, and an item's new score depends on that item alone. */
public sealed interface ScoreTransform extends PolicyRule
        permits Blend, Boost, Calibration, Explore, Formula, Freshness, Length {
    /**
     * Changes the scores of some candidates in place. Finite scores stay finite.
     *
     * @param positions the candidates, as positions in the pool
     * @param scores one per candidate of the pool, by position
     */
    void apply(RerankInput input, int[] positions, float[] scores);

    /** What it did to a candidate whose score it changed, for people, e.g. "2.5 h old: +12 %". */
    String reason(RerankInput input, int position, float before, float after);
}
