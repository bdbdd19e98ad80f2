package dev.funnel.candidate.retrieve;

import dev.funnel.bundle.ItemTable;
import dev.funnel.candidate.generate.Search;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.candidate.snapshot.CandidateSnapshot;
import dev.funnel.retrieval.ScoreHeap;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.TraceVerdict;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says of single items what became of them: not in the bundle, removed by which rule, nominated by whom at which place, or by whom
 * not, and how far it was from it. For ranks the whole catalogue is scored, once a generator, so only catalogues of at most
 * {@value #RANKED_ITEMS} items have them, and while there is time. For one call.
 */
final class Tracer {
    private static final int RANKED_ITEMS = 50_000;
    private static final int SCORED_BETWEEN_LOOKS = 1_024;

    private final ItemTable items;
    private final ServedShards shards;
    private final List<Integer> searched;
    private final ItemRules rules;
    private final List<Answer.Found> found;
    private final CandidatePool pool;
    private final Deadline deadline;
    private final Map<String, Optional<long[]>> rankings = new HashMap<>();

    /** @param searched the shards that were searched */
    Tracer(
            CandidateSnapshot snapshot,
            List<Integer> searched,
            ItemRules rules,
            List<Answer.Found> found,
            CandidatePool pool,
            Deadline deadline) {
        this.items = snapshot.items();
        this.shards = snapshot.shards();
        this.searched = searched;
        this.rules = rules;
        this.found = found;
        this.pool = pool;
        this.deadline = deadline;
    }

    List<ItemTrace> trace(List<String> ids) {
        return ids.stream().map(this::trace).toList();
    }

    private ItemTrace trace(String id) {
        int item = items.indexOf(id);
        if (item < 0) {
            return trace(id, TraceVerdict.UNKNOWN_ITEM, "", "the bundle does not hold it", 0, 0);
        }
        int shard = shards.shardOf(items, item);
        if (!searched.contains(shard)) {
            return trace(id, TraceVerdict.UNKNOWN, "", "it is of shard " + shard + ", which was not searched", 0, 0);
        }
        int position = pool.position(item);
        if (position != ItemPositions.NONE) {
            return passed(id, item, position);
        }
        Optional<String> broken = rules.brokenBy(item);
        return broken.isPresent()
                ? trace(id, TraceVerdict.REMOVED, broken.get(), "rule " + broken.get() + " keeps it out", 0, 0)
                : trace(id, TraceVerdict.NOT_NOMINATED, "", notNominated(item), 0, 0);
    }

    private ItemTrace passed(String id, int item, int position) {
        float best = pool.calibrated(position);
        String component = "";
        StringBuilder detail = new StringBuilder();
        for (Answer.Found each : found) {
            int place = place(each, item);
            if (place > 0) {
                float score = each.hits().scores()[place - 1];
                component = component.isEmpty() && each.calibrated(place - 1) == best ? each.name() : component;
                detail.append(detail.isEmpty() ? "" : "; ")
                        .append(String.format(
                                Locale.ROOT,
                                "%s: place %d of %d, score %.4g",
                                each.name(),
                                place,
                                each.hits().size(),
                                score));
            }
        }
        return trace(id, TraceVerdict.PASSED, component, detail.toString(), best, position + 1);
    }

    /** Its place among what a generator nominated, from 1; 0 if it is not among it. */
    private static int place(Answer.Found each, int item) {
        for (int i = 0; i < each.hits().size(); i++) {
            if (each.hits().items()[i] == item) {
                return i + 1;
            }
        }
        return 0;
    }

    private String notNominated(int item) {
        return found.isEmpty()
                ? "no generator answered"
                : found.stream().map(each -> notNominated(each, item)).collect(Collectors.joining("; "));
    }

    private String notNominated(Answer.Found each, int item) {
        float score = each.search().score(item);
        return ranking(each)
                .map(ranking -> String.format(
                        Locale.ROOT,
                        "%s: rank %d of %d, score %.4g, limit %d",
                        each.name(),
                        1 + better(ranking, ScoreHeap.pair(item, score)),
                        items.size(),
                        score,
                        each.limit()))
                .orElseGet(
                        () -> String.format(Locale.ROOT, "%s: score %.4g, limit %d", each.name(), score, each.limit()));
    }

    /** How many of a ranking are better. */
    private static int better(long[] ranking, long pair) {
        int at = Arrays.binarySearch(ranking, pair);
        return at < 0 ? ranking.length + at + 1 : ranking.length - at - 1;
    }

    /** All items that may be nominated, packed by {@link ScoreHeap}, the best last; empty if that is not cheap. */
    private Optional<long[]> ranking(Answer.Found each) {
        return items.size() > RANKED_ITEMS
                ? Optional.empty()
                : rankings.computeIfAbsent(each.name(), name -> ranked(each.search()));
    }

    private Optional<long[]> ranked(Search search) {
        long[] ranking = new long[items.size()];
        int count = 0;
        int[] some = new int[SCORED_BETWEEN_LOOKS];
        float[] scores = new float[SCORED_BETWEEN_LOOKS];
        for (int from = 0; from < items.size(); from += SCORED_BETWEEN_LOOKS) {
            if (deadline.passed()) {
                return Optional.empty();
            }
            int size = Math.min(SCORED_BETWEEN_LOOKS, items.size() - from);
            for (int i = 0; i < size; i++) {
                some[i] = from + i;
            }
            search.scores(some, size, scores);
            for (int i = 0; i < size; i++) {
                if (rules.test(from + i)) {
                    ranking[count++] = ScoreHeap.pair(from + i, scores[i]);
                }
            }
        }
        Arrays.sort(ranking, 0, count);
        return Optional.of(Arrays.copyOf(ranking, count));
    }

    private static ItemTrace trace(
            String id, TraceVerdict verdict, String component, String detail, float score, int place) {
        return new ItemTrace(id, Stage.CANDIDATES, verdict, component, detail, score, place);
    }
}
