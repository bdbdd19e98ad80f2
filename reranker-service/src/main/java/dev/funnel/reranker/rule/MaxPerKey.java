package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * Keeps items that share a key apart: among any {@code within} neighbouring places, at most {@code max} items have the same
 * value in a column, e.g. uploader or categories. Items without a value stand anywhere.
 *
 * @param name its identifier
 * @param preferred true if it gives way where otherwise no item could stand
 * @param column category or category-list column of the item table
 * @param max how many items with the same value are allowed, 1 to 500
 * @param within how many neighbouring places are looked at, 2 to 500; 500 is the whole slate
 */
public record MaxPerKey(
        @Default("max_per_key") String name,
        @Default("true") boolean preferred,
        String column,
        int max,
        @Default("500") int within)
        implements SlateRule.Limit {

    public MaxPerKey {
        Rule.notBlank("column", column);
        Rule.between("max", max, 1, 500);
        Rule.between("within", within, 2, 500);
        Rule.holds(max < within, "max", max, "must be below within, " + within + ": else it never applies");
    }

    @Override
    public Admission begin(Shortlist shortlist) {
        return new MaxPerKeyAdmission(this, shortlist);
    }

    @Override
    public void check(BundleFit fit) {
        fit.keyColumn("column", column);
    }
}
