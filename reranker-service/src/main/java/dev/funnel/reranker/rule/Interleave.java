package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Interleaves two rankings for comparison, by team draft (Radlinski, Kurup and Joachims, CIKM 2008, section 5): for every two
 * places a coin decides which ranking chooses first, and each chooses its best item that may stand there. The answer says of
 * each item which ranking, "a" or "b", chose it; clicks are then counted for the ranking that chose. The coin depends on the
 * request's seed only.
 *
 * <p>A ranking is a weighted sum of heads; "score" is the score after all transforms.
 *
 * @param name its identifier
 * @param a weights of the first ranking, by head
 * @param b weights of the second ranking, by head
 * @param window how many of the best items by score either may choose from, 1 to 10,000
 */
public record Interleave(
        @Default("interleave") String name,
        @Default("{score: 1}") Map<String, Double> a,
        Map<String, Double> b,
        @Default("1000") int window)
        implements SlateRule.Selection {

    public Interleave {
        Rule.between("a: number of heads", a.size(), 1, 32);
        Rule.between("b: number of heads", b.size(), 1, 32);
        Rule.between("window", window, 1, 10_000);
        Rule.holds(!a.equals(b), "b", b, "must differ from a");
    }

    @Override
    public Choice begin(Shortlist shortlist) {
        return new Draft(shortlist);
    }

    private final class Draft implements Choice {
        private final Shortlist shortlist;
        private final int[][] places;
        private final String[] teams;
        private int place;
        private int turn;

        Draft(Shortlist shortlist) {
            this.shortlist = shortlist;
            this.places = new int[][] {places(a), places(b)};
            this.teams = new String[shortlist.size()];
        }

        @Override
        public int choose(int[] open, int count) {
            boolean aFirst = SeededDraw.uniform(shortlist.input().seed(), name + "/" + place / 2) <= 0.5;
            turn = aFirst == (place % 2 == 0) ? 0 : 1;
            int best = open[0];
            for (int i = 1; i < count; i++) {
                if (places[turn][open[i]] < places[turn][best]) {
                    best = open[i];
                }
            }
            teams[best] = turn == 0 ? "a" : "b";
            return best;
        }

        @Override
        public void placed(int rank) {
            place++;
        }

        @Override
        public String reason(int rank) {
            String places = "place %d by ranking a, place %d by ranking b".formatted(place(0, rank), place(1, rank));
            return team(rank).isEmpty() ? places : "chosen by ranking " + team(rank) + "; " + places;
        }

        @Override
        public String team(int rank) {
            return teams[rank] == null ? "" : teams[rank];
        }

        private int place(int ranking, int rank) {
            return places[ranking][rank] + 1;
        }

        /** By rank, the place that a ranking gives the item among all of the shortlist; ties go to the better rank. */
        private int[] places(Map<String, Double> weights) {
            double[] sums = new double[shortlist.size()];
            weights.forEach((head, weight) -> {
                boolean score = sums.length == 0 || head.equals(RerankInput.SCORE);
                float[] values = score ? new float[0] : shortlist.input().head(head, Interleave.this);
                for (int rank = 0; rank < sums.length; rank++) {
                    sums[rank] += weight * (score ? shortlist.score(rank) : values[shortlist.position(rank)]);
                }
            });
            int[] order = IntStream.range(0, sums.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(rank -> -sums[rank]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] places = new int[sums.length];
            for (int i = 0; i < order.length; i++) {
                places[order[i]] = i;
            }
            return places;
        }
    }
}
