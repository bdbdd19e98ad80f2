package dev.funnel.reranker.rule;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Gives places of the slate to new items, so that something is learnt of them: at each of these places, one of the new items
 * among the best is drawn, all with the same probability, and that probability goes along with the item into the answer and the
 * impression log, as counterfactual evaluation needs. The draw depends on the request's seed only.
 *
 * @param name its identifier
 * @param maxAge items published within so long are new, 1 min to 365 days
 * @param where which of those take part; absent: all
 * @param places from 1, 1 to 50 of them
 * @param rate probability that such a place is drawn for, in (0, 1]
 * @param budget largest share of all places shown in this policy's slates that may be drawn for, in (0, 1]
 * @param halfLife time after which places count half towards the budget, 1 min to 365 days
 * @param window how many of the best new items take part in a draw, 1 to 1000
 */
public record ExplorationSlots(
        @Default("exploration") String name,
        @Default("3d") Duration maxAge,
        @Nullable ItemPredicate where,
        List<Integer> places,
        @Default("1") double rate,
        @Default("0.1") double budget,
        @Default("7d") Duration halfLife,
        @Default("100") int window)
        implements SlateRule.Draw {

    public ExplorationSlots {
        Rule.between("max_age", maxAge, Duration.ofMinutes(1), Duration.ofDays(365));
        Rule.between("places: number of places", places.size(), 1, 50);
        places.forEach(place -> Rule.between("places", place, 1, 500));
        Rule.holds(rate > 0 && rate <= 1, "rate", rate, "must be above 0 and at most 1");
        Rule.holds(budget > 0 && budget <= 1, "budget", budget, "must be above 0 and at most 1");
        Rule.between("half_life", halfLife, Duration.ofMinutes(1), Duration.ofDays(365));
        Rule.between("window", window, 1, 1_000);
    }

    @Override
    public void check(BundleFit fit) {
        fit.predicate("where", where);
    }

    @Override
    public Lot begin(Shortlist shortlist) {
        return new Drawing(shortlist);
    }

    private final class Drawing implements Lot {
        private final Shortlist shortlist;
        private final ItemTest test;
        private final double[] before;
        private final double[] added = new double[2];
        private final double[] propensities;
        private int place = 1;

        Drawing(Shortlist shortlist) {
            this.shortlist = shortlist;
            this.test = where == null ? ItemTest.ALL : shortlist.input().compile(where, ExplorationSlots.this);
            this.before = shortlist.input().exposures().before(name, 1, halfLife);
            this.propensities = new double[shortlist.size()];
        }

        @Override
        public boolean due() {
            double drawn = before[1] + added[1] + 1;
            double shown = before[0] + shortlist.places();
            return places.contains(place) && drawn <= budget * shown && uniform("due") <= rate;
        }

        @Override
        public boolean entitled(int rank) {
            int item = shortlist.item(rank);
            long published = shortlist.input().facts().publishedAtMillis(item);
            long now = shortlist.input().timeMillis();
            return published != TimeColumn.MISSING && now - published <= maxAge.toMillis() && test.test(item);
        }

        @Override
        public int draw(int[] open, int count) {
            int chosen = open[Math.min(count - 1, (int) (uniform("draw") * count))];
            propensities[chosen] = rate / count;
            added[1]++;
            return chosen;
        }

        @Override
        public void placed(int rank) {
            place++;
            added[0]++;
        }

        @Override
        public double propensity(int rank) {
            return propensities[rank];
        }

        @Override
        public String reason(int rank) {
            return String.format(Locale.ROOT, "drawn as a new item with probability %.4g", propensities[rank]);
        }

        @Override
        public Reach reach() {
            return new Reach(before, added, halfLife);
        }

        private double uniform(String what) {
            return SeededDraw.uniform(shortlist.input().seed(), name + "/" + what + "/" + place);
        }
    }
}
