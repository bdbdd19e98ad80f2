package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rerank.Reranked.Effect;
import dev.funnel.reranker.rerank.Reranked.Placed;
import dev.funnel.reranker.rerank.Reranked.RemovalCount;
import dev.funnel.reranker.rule.Policy;
import dev.funnel.reranker.rule.Pool;
import dev.funnel.reranker.rule.RequestRules;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.rule.RuleScreen;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns scored candidates into a slate by a policy. The steps, in order: everything into the order of scores, so that nothing
 * after depends on the order of arrival; the request's own rules and the policy's filters; score transforms; the order again;
 * slate rules, place by place. Equal requests with equal seeds give equal answers.
 *
 * <p>Has no state: safe for any number of threads.
 */
public final class Reranker {
    private final Ticker ticker;

    /**
     * @param ticker measures how long parts take; what the slate is does not depend on it
     */
    public Reranker(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Applies a policy.
     *
     * @throws dev.funnel.runtime.error.CallerError for a predicate that the item table cannot answer
     * @throws dev.funnel.runtime.error.DeadlinePassed if time ran out
     */
    public Reranked rerank(Policy policy, RerankInput input, SlateRequest request, Deadline deadline) {
        PartTimes times = new PartTimes(request.explain(), ticker);
        Pool pool = input.pool();
        int[] all = IntStream.range(0, pool.size()).toArray();
        int[] ordered = ScoreOrder.sorted(all, pool.scores(), pool::id);
        Screening screening = Screening.of(screens(policy, input, request), ordered, request.size(), deadline, times);
        int[] kept = screening.kept();
        Rescoring rescoring = Rescoring.of(policy.transforms(), input, kept, request.remembers(), deadline, times);
        int[] best = ScoreOrder.sorted(kept, rescoring.scores(), pool::id);
        Shortlist shortlist = new Shortlist(input, best, rescoring.scores(), request.size());
        Slate slate = Slate.fill(policy.slate(), shortlist, request.effort(), request.remembers(), deadline);
        times.finished("slate", best.length, slate.size());
        Explainer explainer = new Explainer(input, policy.transforms(), screening, rescoring, slate);
        List<String> relaxed = relaxed(slate, screening);
        return new Reranked(
                placed(slate, explainer, request.explain()),
                request.explain() ? explainer.removals() : List.of(),
                removalCounts(screening),
                relaxed,
                SlateMeasures.of(slate),
                degradations(relaxed, slate, screening, request),
                times.reports(),
                traces(new Tracer(input, policy, screening, rescoring, slate, request.size()), request),
                slate.reaches());
    }

    /** The request's own rules, the policy's filters, the request's expressions; those that are preferred after all others. */
    private static List<RuleScreen> screens(Policy policy, RerankInput input, SlateRequest request) {
        List<RuleScreen> screens = new ArrayList<>(RequestRules.screens(input, request.strictRules()));
        policy.filters().forEach(filter -> screens.add(RuleScreen.of(filter, input)));
        screens.addAll(RequestRules.expressions(input, request.expressions()));
        screens.sort(Comparator.comparing(RuleScreen::preferred));
        return screens;
    }

    private static List<Placed> placed(Slate slate, Explainer explainer, boolean explain) {
        List<Placed> placed = new ArrayList<>(slate.size());
        for (int place = 0; place < slate.size(); place++) {
            int rank = slate.rank(place);
            List<Effect> effects = explain ? explainer.effects(place) : List.of();
            placed.add(new Placed(
                    slate.shortlist().position(rank),
                    slate.shortlist().score(rank),
                    slate.propensity(rank),
                    slate.team(rank),
                    effects));
        }
        return placed;
    }

    private static List<RemovalCount> removalCounts(Screening screening) {
        List<RemovalCount> counts = new ArrayList<>();
        for (int i = 0; i < screening.screens().size(); i++) {
            if (screening.counts()[i] > 0) {
                counts.add(new RemovalCount(
                        screening.screens().get(i).rule(), screening.counts()[i]));
            }
        }
        return counts;
    }

    private static List<String> relaxed(Slate slate, Screening screening) {
        List<String> relaxed = new ArrayList<>(slate.relaxed());
        relaxed.addAll(screening.relaxed());
        return relaxed;
    }

    private static List<Degradation> degradations(
            List<String> relaxed, Slate slate, Screening screening, SlateRequest request) {
        List<Degradation> degradations = new ArrayList<>();
        for (String rule : relaxed) {
            degradations.add(new Degradation(
                    Stage.RERANKING,
                    DegradationKind.RELAXED_RULE,
                    rule,
                    "too few candidates for " + request.size() + " places",
                    "items that the rule would have kept out"));
        }
        if (request.effort() < 1 && slate.chooses()) {
            degradations.add(new Degradation(
                    Stage.RERANKING,
                    DegradationKind.REDUCED_EFFORT,
                    "",
                    "effort " + request.effort() + " was asked for",
                    "a slate chosen among fewer candidates"));
        }
        if (slate.size() < request.size()) {
            int kept = slate.shortlist().size();
            degradations.add(new Degradation(
                    Stage.RERANKING,
                    DegradationKind.SHORT_SLATE,
                    "",
                    "%d of %d candidates were left by filters, %d by slate rules"
                            .formatted(kept, screening.size(), slate.size()),
                    "a slate of " + slate.size() + " for " + request.size()));
        }
        return degradations;
    }

    private static List<ItemTrace> traces(Tracer tracer, SlateRequest request) {
        return request.traceItemIds().stream().map(tracer::trace).toList();
    }
}
