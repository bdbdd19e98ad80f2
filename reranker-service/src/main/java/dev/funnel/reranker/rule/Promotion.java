package dev.funnel.reranker.rule;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTest;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * Sees to it that the first places hold at least so many items for which a predicate holds: they keep the places that their
 * scores give them, and the last of these places are kept for them where their scores do not suffice.
 *
 * @param name its identifier
 * @param preferred true if it gives way where otherwise no item could stand, e.g. because there are too few of them
 * @param where which items
 * @param least how many of them, 1 to 500
 * @param within how many of the first places, at least {@code least}, at most 500
 */
public record Promotion(
        @Default("promotion") String name,
        @Default("true") boolean preferred,
        ItemPredicate where,
        @Default("1") int least,
        int within)
        implements SlateRule.Limit {

    public Promotion {
        Rule.between("least", least, 1, 500);
        Rule.between("within", within, 1, 500);
        Rule.holds(least <= within, "least", least, "must be at most within, " + within);
    }

    @Override
    public void check(BundleFit fit) {
        fit.predicate("where", where);
    }

    @Override
    public Admission begin(Shortlist shortlist) {
        ItemTest promoted = shortlist.input().compile(where, this);
        int places = Math.min(within, shortlist.places());
        return new Admission() {
            private int next;
            private int shown;

            @Override
            public boolean admits(int rank) {
                boolean due = next < places && least - shown >= places - next;
                return !due || promoted.test(shortlist.item(rank));
            }

            @Override
            public void placed(int rank) {
                next++;
                shown += promoted.test(shortlist.item(rank)) ? 1 : 0;
            }

            @Override
            public String reason(int rank) {
                return "at least %d of the first %d places are for promoted items".formatted(least, places);
            }
        };
    }
}
