package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rule.Policy;
import dev.funnel.reranker.rule.Pool;
import dev.funnel.reranker.rule.RequestRules;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.rule.RuleScreen;
import dev.funnel.reranker.rule.ScoreTransform;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.TraceVerdict;

/** Says of an item that the caller asked about what became of it: unknown, no candidate, removed, outranked or passed. */
final class Tracer {
    private final RerankInput input;
    private final Policy policy;
    private final Screening screening;
    private final Rescoring rescoring;
    private final Slate slate;
    private final int wanted;

    /**
     * @param wanted how many items the slate should have
     */
    Tracer(RerankInput input, Policy policy, Screening screening, Rescoring rescoring, Slate slate, int wanted) {
        this.input = input;
        this.policy = policy;
        this.screening = screening;
        this.rescoring = rescoring;
        this.slate = slate;
        this.wanted = wanted;
    }

    ItemTrace trace(String id) {
        Pool pool = input.pool();
        int position = pool.positionOf(id);
        if (position < 0) {
            boolean known = input.snapshot().items().indexOf(id) >= 0;
            return known ? unplaced(id, TraceVerdict.NOT_NOMINATED, "", "not among the candidates", 0) : unknown(id);
        }
        RuleScreen remover = screening.remover(position);
        if (remover == null) {
            return traceRanked(id, rankOf(position));
        }
        return remover.rule().equals(RequestRules.UNKNOWN_ITEM)
                ? unknown(id)
                : unplaced(
                        id,
                        TraceVerdict.REMOVED,
                        remover.rule(),
                        remover.screen().reason(position),
                        pool.score(position));
    }

    private ItemTrace unknown(String id) {
        String detail = "not in bundle " + input.snapshot().version().value();
        return unplaced(id, TraceVerdict.UNKNOWN_ITEM, RequestRules.UNKNOWN_ITEM, detail, 0);
    }

    private ItemTrace traceRanked(String id, int rank) {
        float score = slate.shortlist().score(rank);
        int place = slate.placeOf(rank);
        if (place < 0) {
            return outranked(id, rank, score);
        }
        String detail = place == rank ? "by its score" : byScore(rank) + "; " + moved(place, rank);
        return new ItemTrace(id, Stage.RERANKING, TraceVerdict.PASSED, "", detail, score, place + 1);
    }

    private String moved(int place, int rank) {
        RuleVerdict cause = place > rank ? slate.cause(rank) : slate.occasion(place, rank);
        return cause.rule() + ": " + cause.reason();
    }

    /** Kept out by a slate rule, pushed below the slate's end by a transform, or below it by its score alone. */
    private ItemTrace outranked(String id, int rank, float score) {
        if (rank < slate.size() || slate.size() < wanted) {
            RuleVerdict cause = slate.cause(rank);
            String taken = rank < slate.size() ? ", taken by '" + idAt(rank) + "'; " : "; ";
            return unplaced(id, TraceVerdict.OUTRANKED, cause.rule(), byScore(rank) + taken + cause.reason(), score);
        }
        int position = slate.shortlist().position(rank);
        int transform = rescoring.pushedOutBy(position, screening.kept(), wanted, input.pool()::id);
        if (transform >= 0) {
            ScoreTransform changed = policy.transforms().get(transform);
            float before = rescoring.steps().get(transform)[position];
            float after = rescoring.steps().get(transform + 1)[position];
            String pushed = before == after ? "raised others above it" : changed.reason(input, position, before, after);
            return unplaced(id, TraceVerdict.OUTRANKED, changed.name(), end(rank, score) + "; " + pushed, score);
        }
        int preferred = slate.firstWorse(rank);
        if (preferred < 0) {
            return unplaced(id, TraceVerdict.OUTRANKED, "", end(rank, score), score);
        }
        RuleVerdict cause = slate.cause(rank);
        String other = "; '" + idAt(preferred) + "', " + byScore(slate.rank(preferred)) + ", stands at place "
                + (preferred + 1) + "; ";
        return unplaced(id, TraceVerdict.OUTRANKED, cause.rule(), byScore(rank) + other + cause.reason(), score);
    }

    /** How far the slate's end is from an item below it. */
    private String end(int rank, float score) {
        int last = slate.size() - 1;
        float lastScore = slate.shortlist().score(slate.rank(last));
        return byScore(rank) + "; the slate ends with '" + idAt(last) + "' at place " + slate.size() + ", score "
                + lastScore + " against " + score;
    }

    private String idAt(int place) {
        return slate.shortlist().id(slate.rank(place));
    }

    private int rankOf(int position) {
        Shortlist shortlist = slate.shortlist();
        int rank = 0;
        while (shortlist.position(rank) != position) {
            rank++;
        }
        return rank;
    }

    private static String byScore(int rank) {
        return "place " + (rank + 1) + " by score";
    }

    private static ItemTrace unplaced(String id, TraceVerdict verdict, String rule, String detail, float score) {
        return new ItemTrace(id, Stage.RERANKING, verdict, rule, detail, score, 0);
    }
}
