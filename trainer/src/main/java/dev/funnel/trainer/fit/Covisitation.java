package dev.funnel.trainer.fit;

import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.TopK;
import dev.funnel.trainer.Progress;

/**
 * Item-item co-visitation: two items are related as far as the same users interacted with both.
 *
 * <p>With w_ui the weight of user u's interaction with item i, the score of two items is the shrunk cosine
 *
 * <pre>sum_u w_ui w_uj / (|w_i| |w_j| + shrinkage),     |w_i|^2 = sum_u w_ui^2</pre>
 *
 * or, as the conditional probability of j given i (Deshpande and Karypis 2004, <i>Item-Based Top-N Recommendation Algorithms</i>,
 * section 4.2),
 *
 * <pre>sum_u w_ui w_uj / (|w_i|^2 + shrinkage)</pre>
 *
 * (Ferrari Dacrema, Cremonesi and Jannach 2019, <i>Are We Really Making Much Progress?</i>, section 3.1, ItemKNN): shrinkage takes from
 * pairs that few users support. Each item is counted on its own against a dense row of sums per thread, so memory is bounded
 * by items x threads, and the lists.
 */
public final class Covisitation {

    private final SparseRows byUser;
    private final SparseRows byItem;
    private final double[] lengths;
    private final CovisitationSettings settings;

    private Covisitation(SparseRows byUser, CovisitationSettings settings) {
        this.byUser = byUser;
        this.byItem = byUser.transpose();
        this.lengths = lengths(byItem);
        this.settings = settings;
    }

    /**
     * The lists of all items (columns) from the interactions of users, or sessions (rows).
     *
     * @throws java.util.concurrent.CancellationException if interrupted
     */
    public static Neighbours fit(SparseRows interactions, CovisitationSettings settings, Progress progress) {
        return new Covisitation(interactions.thinned(settings.longestHistory()), settings).fit(progress);
    }

    private Neighbours fit(Progress progress) {
        Hits[] lists = new Hits[byItem.rows()];
        try (RowPool pool = new RowPool(settings.threads())) {
            pool.forEachRow(
                    lists.length,
                    () -> {
                        Counter counter = new Counter();
                        return item -> lists[item] = counter.neighbours(item);
                    },
                    "counting co-visits",
                    progress);
        }
        return Neighbours.concat(lists);
    }

    private static double[] lengths(SparseRows byItem) {
        double[] lengths = new double[byItem.rows()];
        for (int item = 0; item < lengths.length; item++) {
            double squares = 0;
            for (int entry = byItem.start(item); entry < byItem.end(item); entry++) {
                squares += (double) byItem.value(entry) * byItem.value(entry);
            }
            lengths[item] = Math.sqrt(squares);
        }
        return lengths;
    }

    /** One thread's sums, used for one item after the other. */
    private final class Counter {

        private final double[] together = new double[byItem.rows()];
        private final int[] touched = new int[byItem.rows()];

        Hits neighbours(int item) {
            int count = addUp(item);
            TopK top = new TopK(settings.neighbours());
            for (int i = 0; i < count; i++) {
                int other = touched[i];
                if (other != item) {
                    double shrunk = evidence(item, other) + settings.shrinkage();
                    top.offer(other, (float) (together[other] / shrunk));
                }
                together[other] = 0;
            }
            return top.drain(0, true);
        }

        private double evidence(int item, int other) {
            return switch (settings.measure()) {
                case COSINE -> lengths[item] * lengths[other];
                case CONDITIONAL -> lengths[item] * lengths[item];
            };
        }

        /** Adds up over the item's users what they have in common; returns how many items were touched. */
        private int addUp(int item) {
            int count = 0;
            for (int entry = byItem.start(item); entry < byItem.end(item); entry++) {
                int user = byItem.column(entry);
                double weight = byItem.value(entry);
                for (int theirs = byUser.start(user); theirs < byUser.end(user); theirs++) {
                    int other = byUser.column(theirs);
                    if (together[other] == 0) {
                        touched[count++] = other;
                    }
                    together[other] += weight * byUser.value(theirs);
                }
            }
            return count;
        }
    }
}
