package dev.funnel.reranker.rerank;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.HeadEntry;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.reranker.rule.Exposures;
import dev.funnel.reranker.rule.Policy;
import dev.funnel.reranker.rule.Pool;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.bundle.RecordedRequest;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.Refusal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uses a new snapshot before requests do: each policy re-ranks the pools of the bundle's recorded requests, so that pages are in
 * memory and code is compiled. A policy that the bundle does not fit is logged; requests that ask for it are refused, others are
 * not.
 */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration LONGEST_POOL = Duration.ofMinutes(1);
    private static final SlateRequest SLATE = new SlateRequest(20, List.of(), List.of(), false);

    private final Work work;
    private final Policies policies;

    /** What requests have done to their pools. */
    @FunctionalInterface
    public interface Work {
        Reranked rerank(Policy policy, RerankInput input, SlateRequest request, Deadline deadline);
    }

    public WarmUp(Work work, Policies policies) {
        this.work = work;
        this.policies = policies;
    }

    /** The same snapshot, used. */
    public RerankerSnapshot warmed(RerankerSnapshot snapshot, Bundle bundle) {
        Set<String> unfit = new HashSet<>();
        RecordedRequest.replay(bundle, request -> {
            RerankInput input = input(snapshot, bundle.manifest().ranker(), request);
            policies.all().stream()
                    .filter(policy -> !unfit.contains(policy.name()))
                    .filter(policy -> !fits(policy, input))
                    .forEach(policy -> unfit.add(policy.name()));
        });
        return snapshot;
    }

    private boolean fits(NamedPolicy policy, RerankInput input) {
        try {
            work.rerank(policy.policy(), input, SLATE, Deadline.after(LONGEST_POOL));
            return true;
        } catch (Refusal e) {
            LOG.warn("requests for policy {} will be refused: {}", policy.name(), e.getMessage());
            return false;
        }
    }

    /** The candidates, the earlier the better, under every head of the ranker. */
    private static RerankInput input(RerankerSnapshot snapshot, @Nullable RankerEntry ranker, RecordedRequest request) {
        List<String> ids = request.candidates().itemIds();
        float[] scores = new float[ids.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = 1 - (float) i / scores.length;
        }
        List<HeadEntry> heads = ranker == null ? List.of() : ranker.heads();
        return new RerankInput(
                snapshot,
                new Pool(
                        ids.toArray(String[]::new),
                        ids.stream().mapToInt(snapshot.items()::indexOf).toArray(),
                        scores),
                request.user(),
                request.query(),
                0,
                heads.stream().collect(Collectors.toMap(HeadEntry::name, _ -> scores)),
                Exposures.NONE);
    }
}
