package dev.funnel.reranker.rule;

/**
 * What the filters left of a pool, best first: by score after all transforms, then by item id. A candidate's <em>rank</em> is
 * its index here, so that rank and order say nothing of the order of arrival.
 */
public final class Shortlist {
    private final RerankInput input;
    private final int[] positions;
    private final float[] scores;

    /**
     * @param positions the candidates as positions in the pool, best first
     * @param scores scores after all transforms, by position in the pool
     */
    public Shortlist(RerankInput input, int[] positions, float[] scores) {
        this.input = input;
        this.positions = positions;
        this.scores = scores;
    }

    public RerankInput input() {
        return input;
    }

    public int size() {
        return positions.length;
    }

    public int position(int rank) {
        return positions[rank];
    }

    public int item(int rank) {
        return input.item(positions[rank]);
    }

    public String id(int rank) {
        return input.pool().id(positions[rank]);
    }

    public float score(int rank) {
        return scores[positions[rank]];
    }
}
