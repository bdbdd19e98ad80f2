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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private final Map<Integer, Integer> positions;

    private CandidatePool(
            List<Answer.Found> found,
            int[] items,
            List<String> ids,
            float[] calibrated,
            Map<Integer, Integer> positions) {
        this.found = found;
        this.items = items;
        this.ids = ids;
        this.calibrated = calibrated;
        this.positions = positions;
    }

    static CandidatePool of(List<Answer.Found> found, ItemTable table) {
        long[] ordered = best(found);
        orderEqualOnes(ordered, table);
        int[] items = new int[Math.min(ordered.length, Bounds.CANDIDATES)];
        float[] calibrated = new float[items.length];
        List<String> ids = new ArrayList<>(items.length);
        Map<Integer, Integer> positions = HashMap.newHashMap(items.length);
        for (int i = 0; i < items.length; i++) {
            items[i] = ScoreHeap.item(ordered[i]);
            calibrated[i] = ScoreHeap.score(ordered[i]);
            ids.add(table.id(items[i]));
            positions.put(items[i], i);
        }
        return new CandidatePool(found, items, ids, calibrated, positions);
    }

    /** Every item once with its best calibrated score, packed by {@link ScoreHeap}; the best first, of equal ones the lower item. */
    private static long[] best(List<Answer.Found> found) {
        long[] all =
                new long[found.stream().mapToInt(each -> each.hits().size()).sum()];
        int count = 0;
        for (Answer.Found each : found) {
            for (int i = 0; i < each.hits().size(); i++) {
                all[count++] = ScoreHeap.pair(
                        each.hits().items()[i], each.calibrated(each.hits().scores()[i]));
            }
        }
        Arrays.sort(all);
        Set<Integer> met = HashSet.newHashSet(count);
        long[] best = new long[count];
        int kept = 0;
        for (int i = count - 1; i >= 0; i--) {
            if (met.add(ScoreHeap.item(all[i]))) {
                best[kept++] = all[i];
            }
        }
        return Arrays.copyOf(best, kept);
    }

    private static void orderEqualOnes(long[] ordered, ItemTable table) {
        for (int from = 0, to; from < ordered.length; from = to) {
            float score = ScoreHeap.score(ordered[from]);
            for (to = from + 1; to < ordered.length && ScoreHeap.score(ordered[to]) == score; to++) {}
            if (to - from > 1) {
                orderById(ordered, from, to, table);
            }
        }
    }

    private static void orderById(long[] ordered, int from, int to, ItemTable table) {
        long[] byId = Arrays.stream(ordered, from, to)
                .boxed()
                .sorted(Comparator.comparing(pair -> table.id(ScoreHeap.item(pair))))
                .mapToLong(Long::longValue)
                .toArray();
        System.arraycopy(byId, 0, ordered, from, byId.length);
    }

    int size() {
        return items.length;
    }

    /** The item's position from 0; null if it is not in the pool. */
    @Nullable
    Integer position(int item) {
        return positions.get(item);
    }

    float calibrated(int position) {
        return calibrated[position];
    }

    /** Every generator's score of every candidate, in the order of the generators; looks at the deadline. */
    List<float[]> poolScores(Deadline deadline) {
        List<float[]> scores = new ArrayList<>();
        for (Answer.Found each : found) {
            float[] column = new float[items.length];
            for (int i = 0; i < items.length; i++) {
                if (i % SCORED_BETWEEN_LOOKS == 0) {
                    deadline.check("scores of the whole pool");
                }
                column[i] = each.search().score(items[i]);
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
            Integer position = positions.get(hits.items()[i]);
            if (position != null) {
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
            Integer position = positions.get(each.hits().items()[i]);
            if (position != null) {
                places[kept] = position;
                scores[kept] = each.hits().scores()[i];
                probabilities[kept] = each.calibrated(scores[kept]);
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
