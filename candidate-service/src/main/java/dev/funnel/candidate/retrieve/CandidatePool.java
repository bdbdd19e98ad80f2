package dev.funnel.candidate.retrieve;

import dev.funnel.bundle.ItemTable;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.ScoreHeap;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.Nomination;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What several generators nominated, each item once, the best calibrated score first and equal ones by id. Beyond {@value
 * Bounds#CANDIDATES} items the worst are left out.
 */
final class CandidatePool {
    private static final int SCORED_BETWEEN_LOOKS = 256;

    private final List<Answer.Found> found;
    private final int[] items;
    private final List<String> ids;
    private final float[] calibrated;
    private final ItemPositions positions;

    private CandidatePool(
            List<Answer.Found> found, int[] items, List<String> ids, float[] calibrated, ItemPositions positions) {
        this.found = found;
        this.items = items;
        this.ids = ids;
        this.calibrated = calibrated;
        this.positions = positions;
    }

    static CandidatePool of(List<Answer.Found> found, ItemTable table) {
        long[] ordered = best(found);
        String[] named = new String[ordered.length]; // each is decoded once: that takes longer than most of a merge
        Arrays.setAll(named, place -> table.id(ScoreHeap.item(ordered[place])));
        orderEqualOnes(ordered, named);
        int[] items = new int[Math.min(ordered.length, Bounds.CANDIDATES)];
        float[] calibrated = new float[items.length];
        ItemPositions positions = new ItemPositions(items.length);
        for (int i = 0; i < items.length; i++) {
            items[i] = ScoreHeap.item(ordered[i]);
            calibrated[i] = ScoreHeap.score(ordered[i]);
            positions.putIfAbsent(items[i], i);
        }
        List<String> ids = List.of(named).subList(0, items.length);
        return new CandidatePool(found, items, ids, calibrated, positions);
    }

    /** Every item once with its best calibrated score, packed by {@link ScoreHeap}; the best first, of equal ones the lower item. */
    private static long[] best(List<Answer.Found> found) {
        long[] all =
                new long[found.stream().mapToInt(each -> each.hits().size()).sum()];
        int count = 0;
        for (Answer.Found each : found) {
            for (int i = 0; i < each.hits().size(); i++) {
                all[count++] = ScoreHeap.pair(each.hits().items()[i], each.calibrated(i));
            }
        }
        Arrays.sort(all);
        ItemPositions met = new ItemPositions(count);
        long[] best = new long[count];
        int kept = 0;
        for (int i = count - 1; i >= 0; i--) {
            if (met.putIfAbsent(ScoreHeap.item(all[i]), kept)) {
                best[kept++] = all[i];
            }
        }
        return Arrays.copyOf(best, kept);
    }

    private static void orderEqualOnes(long[] ordered, String[] named) {
        for (int from = 0, to; from < ordered.length; from = to) {
            float score = ScoreHeap.score(ordered[from]);
            for (to = from + 1; to < ordered.length && ScoreHeap.score(ordered[to]) == score; to++) {}
            if (to - from > 1) {
                orderById(ordered, named, from, to);
            }
        }
    }

    private record Named(String id, long pair) {}

    private static void orderById(long[] ordered, String[] named, int from, int to) {
        Named[] equal = new Named[to - from];
        Arrays.setAll(equal, i -> new Named(named[from + i], ordered[from + i]));
        Arrays.sort(equal, Comparator.comparing(Named::id));
        for (int i = 0; i < equal.length; i++) {
            named[from + i] = equal[i].id();
            ordered[from + i] = equal[i].pair();
        }
    }

    int size() {
        return items.length;
    }

    /** The item's position from 0; {@link ItemPositions#NONE} if it is not in the pool. */
    int position(int item) {
        return positions.of(item);
    }

    float calibrated(int position) {
        return calibrated[position];
    }

    /** Every generator's score of every candidate, in the order of the generators; looks at the deadline. */
    List<float[]> poolScores(Deadline deadline) {
        List<float[]> scores = new ArrayList<>();
        float[] some = new float[SCORED_BETWEEN_LOOKS];
        for (Answer.Found each : found) {
            float[] column = new float[items.length];
            for (int from = 0; from < items.length; from += SCORED_BETWEEN_LOOKS) {
                deadline.check("scores of the whole pool");
                int count = Math.min(SCORED_BETWEEN_LOOKS, items.length - from);
                each.search().scores(Arrays.copyOfRange(items, from, from + count), count, some);
                System.arraycopy(some, 0, column, from, count);
            }
            scores.add(column);
        }
        return scores;
    }

    /** The pool with its provenance; {@code poolScores} may be empty, if there was no time for them. */
    Candidates candidates(List<float[]> poolScores) {
        List<Nomination> nominations = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            nominations.add(nomination(found.get(i), poolScores.isEmpty() ? new float[0] : poolScores.get(i)));
        }
        return new Candidates(ids, nominations, calibrated);
    }

    /** Where in the pool the hits of a second search stand. */
    Outcome.Second second(Hits hits) {
        if (hits.size() == 0) {
            return Outcome.Second.NONE;
        }
        int[] places = new int[hits.size()];
        float[] scores = new float[places.length];
        int kept = 0;
        for (int i = 0; i < places.length; i++) {
            int position = positions.of(hits.items()[i]);
            if (position != ItemPositions.NONE) {
                places[kept] = position;
                scores[kept++] = hits.scores()[i];
            }
        }
        return new Outcome.Second(Arrays.copyOf(places, kept), Arrays.copyOf(scores, kept));
    }

    private Nomination nomination(Answer.Found each, float[] poolScores) {
        int[] places = new int[each.hits().size()];
        float[] scores = new float[places.length];
        float[] probabilities = new float[places.length];
        int kept = 0;
        for (int i = 0; i < places.length; i++) {
            int position = positions.of(each.hits().items()[i]);
            if (position != ItemPositions.NONE) {
                places[kept] = position;
                scores[kept] = each.hits().scores()[i];
                probabilities[kept] = each.calibrated(i);
                kept++;
            }
        }
        return new Nomination(
                each.name(),
                Arrays.copyOf(places, kept),
                Arrays.copyOf(scores, kept),
                Arrays.copyOf(probabilities, kept),
                poolScores,
                each.search().origin(),
                origins(each, Arrays.copyOf(places, kept)));
    }

    /** How the items at these places came to theirs; empty if all were fitted on, as is usual. */
    private List<ItemOrigin> origins(Answer.Found each, int[] places) {
        List<ItemOrigin> origins = Arrays.stream(places)
                .mapToObj(place -> each.search().itemOrigin(items[place]))
                .toList();
        return origins.stream().allMatch(ItemOrigin.TRAINED::equals) ? List.of() : origins;
    }
}
