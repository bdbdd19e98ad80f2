package dev.funnel.trainer.evaluate;

import dev.funnel.retrieval.NeighbourLists;
import dev.funnel.retrieval.NeighbourSums;
import dev.funnel.trainer.fit.Covisitation;
import dev.funnel.trainer.fit.CovisitationSettings;
import dev.funnel.trainer.fit.SparseRows;

/** Items related to those of the user's history, see {@link Covisitation}. */
final class CovisitSystem implements OfflineSystem {

    @Override
    public String name() {
        return "covisit";
    }

    @Override
    public Scorer fit(FitTask task) {
        CovisitationSettings settings = CovisitationSettings.defaults(task.threads());
        task.noteSettings(settings);
        SparseRows train = task.train();
        NeighbourLists lists =
                Covisitation.fit(train, settings, task.progress()).lists();
        return (user, into) -> {
            NeighbourSums sums = lists.sums(train.columnsOf(user), train.valuesOf(user));
            for (int item = 0; item < into.length; item++) {
                into[item] = sums.score(item);
            }
        };
    }
}
