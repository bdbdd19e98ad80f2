package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Rule;

/**
 * What makes two items alike.
 *
 * @param embedding weight of the cosine of their embeddings
 * @param category weight of the Jaccard index of their categories
 * @param uploader weight of having the same uploader
 */
record SimilarityWeights(double embedding, double category, double uploader) {
    SimilarityWeights {
        Rule.between("embedding_weight", embedding, 0, 1000);
        Rule.between("category_weight", category, 0, 1000);
        Rule.between("uploader_weight", uploader, 0, 1000);
        Rule.holds(
                embedding + category + uploader > 0,
                "category_weight",
                category,
                "and embedding_weight and uploader_weight must not all be 0");
    }
}
