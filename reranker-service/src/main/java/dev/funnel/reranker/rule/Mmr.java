package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): the next place goes to the item with the largest
 * {@code lambda * relevance - (1 - lambda) * similarity}, where similarity is that to the most similar item already placed.
 *
 * <p>Relevance is the score, scaled so that the best item of the shortlist has 1 and the last of the first window 0. Similarity
 * is {@link ItemSimilarity}'s. Ties go to the better rank.
 *
 * @param name its identifier
 * @param lambda 1 is relevance alone, 0 diversity alone
 * @param embeddingWeight weight of the embeddings' cosine in the similarity, not negative
 * @param categoryWeight weight of the categories' Jaccard index in it, not negative
 * @param uploaderWeight weight of having the same uploader in it, not negative; not all three are 0
 * @param window how many items are looked at for each place, 1 to 1000
 */
public record Mmr(
        @Default("mmr") String name,
        @Default("0.7") double lambda,
        @Default("0.7") double embeddingWeight,
        @Default("0.3") double categoryWeight,
        @Default("0") double uploaderWeight,
        @Default("200") int window)
        implements SlateRule.Selection {

    public Mmr {
        Rule.between("lambda", lambda, 0, 1);
        var _ = new SimilarityWeights(embeddingWeight, categoryWeight, uploaderWeight);
        Rule.between("window", window, 1, 1000);
    }

    SimilarityWeights weights() {
        return new SimilarityWeights(embeddingWeight, categoryWeight, uploaderWeight);
    }

    @Override
    public Choice begin(Shortlist shortlist) {
        return new MmrChoice(this, shortlist);
    }
}
