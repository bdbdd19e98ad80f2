package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rule.Pool;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uses a new snapshot before requests do: each policy re-ranks some of its items a few times, so that pages are in memory and
 * code is compiled. A policy that the bundle does not fit is logged; requests that ask for it are refused, others are not.
 */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int ITEMS = 500;
    private static final int ROUNDS = 20;
    private static final SlateRequest SLATE = new SlateRequest(50, List.of(), List.of(), false);

    private final Reranker reranker;
    private final Policies policies;

    public WarmUp(Reranker reranker, Policies policies) {
        this.reranker = reranker;
        this.policies = policies;
    }

    /** The same snapshot, used. */
    public RerankerSnapshot warmed(RerankerSnapshot snapshot) {
        RerankInput input = input(snapshot);
        policies.all().forEach(policy -> warm(policy, input));
        return snapshot;
    }

    private void warm(NamedPolicy policy, RerankInput input) {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                reranker.rerank(policy.policy(), input, SLATE, Deadline.after(Duration.ofMinutes(1)));
            }
        } catch (PreconditionFailed e) {
            LOG.warn("requests for policy {} will be refused: {}", policy.name(), e.getMessage());
        }
    }

    /** The first items, the earlier the better, for nobody in particular, at the instant the last of them was published. */
    private static RerankInput input(RerankerSnapshot snapshot) {
        int size = Math.min(ITEMS, snapshot.items().size());
        int[] items = IntStream.range(0, size).toArray();
        String[] ids = Arrays.stream(items).mapToObj(snapshot.items()::id).toArray(String[]::new);
        float[] scores = new float[size];
        for (int i = 0; i < size; i++) {
            scores[i] = size - i;
        }
        long newest = Arrays.stream(items)
                .mapToLong(snapshot.facts()::publishedAtMillis)
                .max()
                .orElse(0);
        Query query = Query.NOTHING.in(Context.UNKNOWN.at(Instant.ofEpochMilli(Math.max(0, newest))));
        return new RerankInput(snapshot, new Pool(ids, items, scores), UserState.NEW_VISITOR, query, 0);
    }
}
