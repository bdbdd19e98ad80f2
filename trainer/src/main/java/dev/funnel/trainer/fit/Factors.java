package dev.funnel.trainer.fit;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.FoldIn;
import dev.funnel.retrieval.FoldInSettings;
import dev.funnel.retrieval.Gramian;

/**
 * What a matrix factorisation found: a vector for every user and every item, such that their inner product is high where the
 * user interacted.
 *
 * @param users one row per user
 * @param items one row per item
 * @param gramian of the items, see {@link dev.funnel.retrieval.Gramian}; what folding in needs beside the item vectors
 */
public record Factors(FloatMatrix users, FloatMatrix items, float[] gramian) {

    /** Finds the vector of an unseen user from the items of the user's history. */
    public FoldIn foldInOfUsers(FoldInSettings settings) {
        return new FoldIn(items, gramian, settings);
    }

    /** The Gramian of the users: what folding in an unseen item, from the users who interacted with it, needs beside their vectors. */
    public float[] userGramian() {
        return Gramian.of(users);
    }
}
