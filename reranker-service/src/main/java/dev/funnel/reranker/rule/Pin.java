package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * Keeps a place for one item: where the item is among those that filters left, it stands there and nowhere else; where it is
 * not, or the slate ends before, the rule does nothing.
 *
 * @param name its identifier
 * @param preferred true if it gives way where another rule keeps the item from its place
 * @param item id of the item
 * @param place from 1 to 500
 */
public record Pin(
        @Default("pin") String name, @Default("true") boolean preferred, String item, int place)
        implements SlateRule.Limit {

    public Pin {
        Rule.notBlank("item", item);
        Rule.between("place", place, 1, 500);
    }

    @Override
    public Admission begin(Shortlist shortlist) {
        int pinned = place > shortlist.places() ? -1 : shortlist.rankOf(item);
        return new Admission() {
            private int next = 1;

            @Override
            public boolean admits(int rank) {
                return pinned < 0 || next > place || (rank == pinned) == (next == place);
            }

            @Override
            public void placed(int rank) {
                next++;
            }

            @Override
            public String reason(int rank) {
                return rank == pinned ? "pinned to place " + place : "place " + place + " is kept for '" + item + "'";
            }
        };
    }
}
