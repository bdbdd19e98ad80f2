package dev.funnel.trainer.evaluate;

import dev.funnel.retrieval.RankedList;
import dev.funnel.trainer.fit.Popularity;
import dev.funnel.trainer.fit.SparseRows;

/** The most popular items, the same for everybody. */
final class PopularitySystem implements OfflineSystem {

    @Override
    public String name() {
        return "popularity";
    }

    @Override
    public Scorer fit(FitTask task) {
        SparseRows train = task.train();
        RankedList list = Popularity.fit(train, train.columns()).list();
        float[] scores = new float[train.columns()];
        for (int item = 0; item < scores.length; item++) {
            scores[item] = list.score(item);
        }
        return (user, into) -> System.arraycopy(scores, 0, into, 0, scores.length);
    }
}
