package dev.funnel.reranker.rule;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTest;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Gives a group of items at least a share of the exposure, discounted by place, in this policy's slates over time. Greedy
 * constrained re-ranking (DetGreedy, Geyik, Ambler and Kenthapadi, KDD 2019, algorithm 1), with exposure in the place of counts
 * (the constraint of Singh and Joachims, KDD 2018, section 4.1) and amortised over slates (Biega, Gummadi and Weikum, SIGIR 2018):
 * a place goes to the best item of the group exactly where any other item would leave the group below its share of all exposure
 * so far. So the group's share is never short by more than the exposure of one place.
 *
 * <p>Tells two measures: {@code exposure_share}, the group's share in the slate, and {@code relevance_cost}, the score that was
 * given up for it where the rule decided, discounted by place, as a share of what the best scores in order would have had.
 *
 * @param name its identifier
 * @param preferred true if it gives way where no item of the group may stand
 * @param where which items are the group: by uploader size, language, country, or any other column
 * @param share the least share of exposure, in (0, 1)
 * @param halfLife time after which exposure counts half, 1 min to 365 days
 */
public record Fairness(
        @Default("fairness") String name,
        @Default("true") boolean preferred,
        ItemPredicate where,
        double share,
        @Default("7d") Duration halfLife)
        implements SlateRule.Limit {

    public Fairness {
        Rule.holds(share > 0 && share < 1, "share", share, "must be above 0 and below 1");
        Rule.between("half_life", halfLife, Duration.ofMinutes(1), Duration.ofDays(365));
    }

    @Override
    public void check(BundleFit fit) {
        fit.predicate("where", where);
    }

    @Override
    public Admission begin(Shortlist shortlist) {
        return new Constrained(shortlist);
    }

    private final class Constrained implements Admission {
        private static final int TOTAL = 0;
        private static final int GROUP = 1;

        private final Shortlist shortlist;
        private final boolean[] inGroup;
        private final boolean[] taken;
        private final double[] before;
        private final double[] added = new double[2];
        private int best;
        private int place;
        private double given;
        private double ideal;

        Constrained(Shortlist shortlist) {
            this.shortlist = shortlist;
            this.inGroup = new boolean[shortlist.size()];
            this.taken = new boolean[shortlist.size()];
            this.before = shortlist.input().exposures().before(name, 1, halfLife);
            ItemTest group = shortlist.input().compile(where, Fairness.this);
            for (int rank = 0; rank < inGroup.length; rank++) {
                inGroup[rank] = group.test(shortlist.item(rank));
            }
        }

        @Override
        public boolean admits(int rank) {
            return inGroup[rank] || !due();
        }

        @Override
        public void placed(int rank) {
            double weight = Exposure.of(place);
            double lowest = shortlist.score(shortlist.size() - 1);
            ideal += weight * (shortlist.score(place) - lowest);
            if (due()) {
                given += weight * Math.max(0, shortlist.score(best) - shortlist.score(rank));
            }
            added[TOTAL] += weight;
            added[GROUP] += inGroup[rank] ? weight : 0;
            place++;
            taken[rank] = true;
            while (best < taken.length && taken[best]) {
                best++;
            }
        }

        @Override
        public String reason(int rank) {
            return String.format(
                    Locale.ROOT, "the place is due to the group that must have %.0f %% of exposure", 100 * share);
        }

        @Override
        public void measure(BiConsumer<String, Double> measures) {
            if (place > 0) {
                measures.accept("exposure_share", added[GROUP] / added[TOTAL]);
                measures.accept("relevance_cost", ideal > 0 ? given / ideal : 0);
            }
        }

        @Override
        public Reach reach() {
            return new Reach(before, added, halfLife);
        }

        /** Whether any item that is not of the group would leave it short. */
        private boolean due() {
            double total = before[TOTAL] + added[TOTAL] + Exposure.of(place);
            return before[GROUP] + added[GROUP] < share * total;
        }
    }
}
