package dev.funnel.trainer.evaluate.session;

import dev.funnel.retrieval.NeighbourLists;
import dev.funnel.trainer.evaluate.Overrides;
import dev.funnel.trainer.fit.Covisitation;
import dev.funnel.trainer.fit.CovisitationSettings;
import dev.funnel.trainer.fit.CovisitationSettings.Measure;
import java.util.Arrays;

/**
 * Items related to those of the session, the later ones more, see {@link Covisitation}: the generator {@code covisitation} over
 * sessions. The defaults are the best of a few on the newest tenth of Diginetica's training sessions.
 */
final class SessionCovisitation implements SessionSystem {

    private static final int NEIGHBOURS = 100;
    private static final double SHRINKAGE = 30;
    private static final double DECAY = .6;

    @Override
    public String name() {
        return "covisit";
    }

    @Override
    public SessionScorer fit(Task task) {
        Overrides asked = task.settings();
        CovisitationSettings usual = CovisitationSettings.defaults(task.threads());
        CovisitationSettings settings = new CovisitationSettings(
                asked.whole("conditional", 0) == 1 ? Measure.CONDITIONAL : usual.measure(),
                asked.whole("neighbours", NEIGHBOURS),
                asked.number("shrinkage", SHRINKAGE),
                usual.longestHistory(),
                usual.threads());
        double decay = asked.number("decay", DECAY);
        asked.requireAllRead();
        task.notes().put("settings", settings + ", decay=" + decay);
        NeighbourLists lists = Covisitation.fit(task.data().matrix(), settings, task.progress())
                .lists();
        return (session, into) -> {
            Arrays.fill(into, 0);
            lists.sums(newestFirst(session), ones(session.length), decay).forEach((item, sum) -> into[item] = sum);
        };
    }

    private static int[] newestFirst(int[] session) {
        int[] reversed = new int[session.length];
        for (int i = 0; i < session.length; i++) {
            reversed[i] = session[session.length - 1 - i];
        }
        return reversed;
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
