package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Bounds the share of all exposure that named keys get over time, e.g. a promoted uploader: an item with such a key may stand at
 * a place only if the key's exposure, that place included, stays within its share of the exposure of all places shown. Exposure
 * is that of {@link Exposure}, in this policy's slates of this process, halved every {@code halfLife} of query time.
 *
 * @param name its identifier
 * @param preferred true if it gives way where otherwise no item could stand
 * @param column category or category-list column of the item table
 * @param atMost by key, the largest share, 0 to 1; 1 to 64 keys
 * @param halfLife time after which exposure counts half, 1 min to 365 days
 */
public record Pacing(
        @Default("pacing") String name,
        @Default("true") boolean preferred,
        String column,
        Map<String, Double> atMost,
        @Default("7d") Duration halfLife)
        implements SlateRule.Limit {

    public Pacing {
        Rule.notBlank("column", column);
        Rule.between("at_most: number of keys", atMost.size(), 1, Keys.MOST);
        atMost.forEach((key, share) -> Rule.between("at_most." + key, share, 0, 1));
        Rule.between("half_life", halfLife, Duration.ofMinutes(1), Duration.ofDays(365));
    }

    @Override
    public void check(BundleFit fit) {
        fit.keyColumn("column", column);
    }

    @Override
    public Admission begin(Shortlist shortlist) {
        return new Paced(shortlist);
    }

    private final class Paced implements Admission {
        private final List<String> keys = List.copyOf(atMost.keySet());
        private final double[] shares;
        private final Keys of;
        private final double[] before;
        private final double[] added;
        private int place;

        Paced(Shortlist shortlist) {
            this.shares = keys.stream()
                    .mapToDouble(key -> atMost.getOrDefault(key, 0.0))
                    .toArray();
            this.of = new Keys(shortlist, column, keys);
            this.before = shortlist.input().exposures().before(name, keys.size(), halfLife);
            this.added = new double[before.length];
        }

        @Override
        public boolean admits(int rank) {
            double weight = Exposure.of(place);
            double total = before[0] + added[0] + weight;
            for (int key = 0; key < shares.length; key++) {
                double exposure = before[1 + key] + added[1 + key] + weight;
                if (of.has(rank, key) && exposure > shares[key] * total) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void placed(int rank) {
            double weight = Exposure.of(place++);
            added[0] += weight;
            for (int key = 0; key < shares.length; key++) {
                added[1 + key] += of.has(rank, key) ? weight : 0;
            }
        }

        @Override
        public String reason(int rank) {
            for (int key = 0; key < shares.length; key++) {
                if (of.has(rank, key)) {
                    return "%s '%s' has had its share of exposure, %s".formatted(column, keys.get(key), shares[key]);
                }
            }
            return "";
        }

        @Override
        public Reach reach() {
            return new Reach(before, added, halfLife);
        }
    }
}
