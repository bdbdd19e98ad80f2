package dev.funnel.trainer.evaluate;

import dev.funnel.retrieval.FoldIn;
import dev.funnel.retrieval.FoldInSettings;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorScorer;
import dev.funnel.trainer.fit.Factors;
import dev.funnel.trainer.fit.SparseRows;

/**
 * How factors are scored: by the trained vectors of the users or, with the setting {@code folded-in=1}, as if nobody had been
 * there when they were trained, by a vector folded in from the user's training interactions.
 */
record FactorScoring(SparseRows train, FoldInSettings foldIn, boolean foldedIn) {

    /** Reads the setting. */
    static FactorScoring of(FitTask task, FoldInSettings usual) {
        Overrides asked = task.settings();
        boolean foldedIn = asked.whole("folded-in", 0) == 1;
        FoldInSettings foldIn = foldedIn
                ? new FoldInSettings(
                        asked.number("fold-in-unobserved-weight", usual.unobservedWeight()),
                        asked.number("fold-in-regularization", usual.regularization()),
                        usual.regularizationExponent())
                : usual;
        if (foldedIn) {
            task.notes().put("folded_in", foldIn.toString());
        }
        return new FactorScoring(task.train(), foldIn, foldedIn);
    }

    Scorer scorer(Factors factors) {
        if (!foldedIn) {
            return Scorer.ofVectors(factors.users(), factors.items());
        }
        FoldIn solver = factors.foldInOfUsers(foldIn);
        VectorScorer scorer = new VectorScorer(factors.items(), Similarity.DOT);
        return (user, into) ->
                scorer.scores(solver.solve(train.columnsOf(user), train.valuesOf(user)), 0, into.length, into);
    }
}
