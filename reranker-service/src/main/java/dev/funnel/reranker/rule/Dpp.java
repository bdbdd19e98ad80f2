package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * A determinantal point process, maximised greedily (Chen, Zhang and Zhou, NeurIPS 2018, algorithm 1): each place goes to the
 * item that makes {@code det(L)} of the slate largest, with {@code L[i][j] = q[i] * S[i][j] * q[j]}, {@code q[i] =
 * exp(relevance * r[i])} and S the similarity of {@link KernelRows}. Costs the same for each candidate: linear in the window.
 *
 * <p>r is the score, scaled so that the best item of the shortlist has 1 and the last of the window 0. Where every item left
 * adds nothing to the determinant (it repeats what stands there), the best score is chosen. Ties go to the better rank.
 *
 * @param name its identifier
 * @param relevance 0 is diversity alone; at 5, an item that scores a tenth of the range better outweighs one that is e times
 *     farther (in volume) from what stands there; 0 to 100
 * @param embeddingWeight weight of the embeddings' cosine in the similarity, not negative
 * @param categoryWeight weight of the categories' Jaccard index in it, not negative
 * @param uploaderWeight weight of having the same uploader in it, not negative; not all three are 0
 * @param among items are kept unlike within any so many neighbouring places (the sliding window of section 4.3), 2 to 500; 500
 *     is the whole slate
 * @param window how many of the best items take part, 1 to 10,000; those after them are chosen only where none of these may stand
 */
public record Dpp(
        @Default("dpp") String name,
        @Default("3") double relevance,
        @Default("0.7") double embeddingWeight,
        @Default("0.3") double categoryWeight,
        @Default("0") double uploaderWeight,
        @Default("500") int among,
        @Default("1000") int window)
        implements SlateRule.Selection {

    public Dpp {
        Rule.between("relevance", relevance, 0, 100);
        Rule.between("among", among, 2, 500);
        Rule.between("window", window, 1, 10_000);
        var _ = new SimilarityWeights(embeddingWeight, categoryWeight, uploaderWeight);
    }

    SimilarityWeights weights() {
        return new SimilarityWeights(embeddingWeight, categoryWeight, uploaderWeight);
    }

    @Override
    public Choice begin(Shortlist shortlist) {
        return new DppChoice(this, shortlist);
    }
}
