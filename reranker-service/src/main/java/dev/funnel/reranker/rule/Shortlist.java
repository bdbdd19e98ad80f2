package dev.funnel.reranker.rule;

/**
 * What the filters left of a pool, best first: by score after all transforms, then by item id. A candidate's <em>rank</em> is
 * its index here, so that rank and order say nothing of the order of arrival.
 */
public final class Shortlist {
    private final RerankInput input;
    private final int[] positions;
    private final float[] scores;
    private final int places;

    /**
     * @param positions the candidates as positions in the pool, best first
     * @param scores scores after all transforms, by position in the pool
     * @param wanted how many places the slate should have
     */
    public Shortlist(RerankInput input, int[] positions, float[] scores, int wanted) {
        this.input = input;
        this.positions = positions;
        this.scores = scores;
        this.places = Math.min(wanted, positions.length);
    }

    /** The same for a slate of another size. */
    public Shortlist forSlateOf(int wanted) {
        return new Shortlist(input, positions, scores, wanted);
    }

    public RerankInput input() {
        return input;
    }

    public int size() {
        return positions.length;
    }

    /** How many places the slate has, if no strict limit ends it before. */
    public int places() {
        return places;
    }

    /** The rank of an item; -1 if it is not in the shortlist. */
    int rankOf(String id) {
        int position = input.pool().positionOf(id);
        int rank = position < 0 ? -1 : positions.length - 1;
        while (rank >= 0 && positions[rank] != position) {
            rank--;
        }
        return rank;
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
