package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.KeyColumn;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.util.BitSet;

/**
 * Sees to it that the first places show at least so many different keys, e.g. categories: when as many places are left as keys
 * are missing, only items with a key that is not yet there may stand.
 *
 * @param name its identifier
 * @param preferred true if it gives way where otherwise no item could stand, e.g. because the shortlist has no further keys
 * @param column category or category-list column of the item table
 * @param least how many different keys, 2 to 500
 * @param within how many of the first places, at least {@code least}, at most 500; beyond the slate's end, the whole slate
 */
public record MinKeys(
        @Default("min_keys") String name,
        @Default("true") boolean preferred,
        @Default("categories") String column,
        int least,
        @Default("500") int within)
        implements SlateRule.Limit {

    public MinKeys {
        Rule.notBlank("column", column);
        Rule.between("least", least, 2, 500);
        Rule.between("within", within, 2, 500);
        Rule.holds(least <= within, "least", least, "must be at most within, " + within);
    }

    @Override
    public void check(BundleFit fit) {
        fit.keyColumn("column", column);
    }

    @Override
    public Admission begin(Shortlist shortlist) {
        KeyColumn keys = KeyColumn.of(shortlist.input().snapshot().items(), column);
        int places = Math.min(within, shortlist.places());
        return new Admission() {
            private final BitSet shown = new BitSet();
            private int placed;

            @Override
            public boolean admits(int rank) {
                int missing = least - shown.cardinality();
                return missing <= 0 || placed >= places || places - placed > missing || isNew(shortlist.item(rank));
            }

            @Override
            public void placed(int rank) {
                placed++;
                int item = shortlist.item(rank);
                for (int i = 0; i < keys.count(item); i++) {
                    shown.set(keys.code(item, i));
                }
            }

            @Override
            public String reason(int rank) {
                return "at least %d different %s within %d places".formatted(least, column, places);
            }

            private boolean isNew(int item) {
                for (int i = 0, n = keys.count(item); i < n; i++) {
                    if (!shown.get(keys.code(item, i))) {
                        return true;
                    }
                }
                return false;
            }
        };
    }
}
