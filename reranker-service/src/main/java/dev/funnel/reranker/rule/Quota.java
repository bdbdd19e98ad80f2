package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bounds the share of the slate's places that named keys may have, e.g. languages. An upper share is rounded up to places, a
 * lower one down.
 *
 * @param name its identifier
 * @param preferred true if it gives way where otherwise no item could stand
 * @param column category or category-list column of the item table
 * @param atMost by key, the largest share, 0 to 1
 * @param atLeast by key, the smallest share, 0 to 1; together at most 1
 */
public record Quota(
        @Default("quota") String name,
        @Default("true") boolean preferred,
        String column,
        @Default("{}") Map<String, Double> atMost,
        @Default("{}") Map<String, Double> atLeast)
        implements SlateRule.Limit {

    public Quota {
        Rule.notBlank("column", column);
        Rule.between("number of keys", atMost.size() + atLeast.size(), 1, Keys.MOST);
        atMost.forEach((key, share) -> Rule.between("at_most." + key, share, 0, 1));
        atLeast.forEach((key, share) -> Rule.between("at_least." + key, share, 0, 1));
        double least =
                atLeast.values().stream().mapToDouble(Double::doubleValue).sum();
        Rule.holds(least <= 1, "at_least", atLeast, "must be at most 1 together");
    }

    @Override
    public void check(BundleFit fit) {
        fit.keyColumn("column", column);
    }

    @Override
    public Admission begin(Shortlist shortlist) {
        List<String> keys = Stream.concat(atMost.keySet().stream(), atLeast.keySet().stream())
                .toList();
        return new Admission() {
            private final Keys of = new Keys(shortlist, column, keys);
            private final int[] most = places(atMost, true);
            private final int[] least = places(atLeast, false);
            private final int[] shown = new int[keys.size()];
            private int placed;

            @Override
            public boolean admits(int rank) {
                for (int key = 0; key < most.length; key++) {
                    if (shown[key] >= most[key] && of.has(rank, key)) {
                        return false;
                    }
                }
                return isWanted(rank) || owed() < shortlist.places() - placed;
            }

            @Override
            public void placed(int rank) {
                placed++;
                for (int key = 0; key < shown.length; key++) {
                    shown[key] += of.has(rank, key) ? 1 : 0;
                }
            }

            @Override
            public String reason(int rank) {
                for (int key = 0; key < most.length; key++) {
                    if (of.has(rank, key)) {
                        return "at most %d of %d places for %s '%s'"
                                .formatted(most[key], shortlist.places(), column, keys.get(key));
                    }
                }
                return "places are kept for %s %s".formatted(column, atLeast.keySet());
            }

            private int owed() {
                int owed = 0;
                for (int i = 0; i < least.length; i++) {
                    owed += Math.max(0, least[i] - shown[most.length + i]);
                }
                return owed;
            }

            private boolean isWanted(int rank) {
                for (int i = 0; i < least.length; i++) {
                    if (shown[most.length + i] < least[i] && of.has(rank, most.length + i)) {
                        return true;
                    }
                }
                return false;
            }

            private int[] places(Map<String, Double> shares, boolean up) {
                return shares.values().stream()
                        .mapToDouble(share -> share * shortlist.places())
                        .mapToInt(places -> (int) (up ? Math.ceil(places - 1e-9) : Math.floor(places + 1e-9)))
                        .toArray();
            }
        };
    }
}
