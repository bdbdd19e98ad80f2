package dev.funnel.candidate.retrieve;

import dev.funnel.bundle.ItemTable;
import dev.funnel.candidate.generate.Search;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.candidate.snapshot.CandidateSnapshot;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.TraceVerdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says of single items what became of them: not in the bundle, removed by which rule, nominated by whom at which place, or by whom
 * not, and how far it was from it. Ranks are counted by scoring the whole catalogue, so only for catalogues of at most
 * {@value #RANKED_ITEMS} items and while there is time.
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
        Integer rank = rank(each.search(), item, score);
        return rank == null
                ? String.format(Locale.ROOT, "%s: score %.4g, limit %d", each.name(), score, each.limit())
                : String.format(
                        Locale.ROOT,
                        "%s: rank %d of %d, score %.4g, limit %d",
                        each.name(),
                        rank,
                        items.size(),
                        score,
                        each.limit());
    }

    /** Its rank from 1 among the items that may be nominated; null if that is not cheap. */
    private @Nullable Integer rank(Search search, int item, float score) {
        if (items.size() > RANKED_ITEMS) {
            return null;
        }
        int better = 0;
        for (int other = 0; other < items.size(); other++) {
            if (other % SCORED_BETWEEN_LOOKS == 0 && deadline.passed()) {
                return null;
            }
            float rival = search.score(other);
            if ((rival > score || (rival == score && other < item)) && rules.test(other)) {
                better++;
            }
        }
        return better + 1;
    }

    private static ItemTrace trace(
            String id, TraceVerdict verdict, String component, String detail, float score, int place) {
        return new ItemTrace(id, Stage.CANDIDATES, verdict, component, detail, score, place);
    }
}
