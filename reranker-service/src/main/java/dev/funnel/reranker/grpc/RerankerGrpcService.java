package dev.funnel.reranker.grpc;

import dev.funnel.proto.reranker.v1.ListPoliciesRequest;
import dev.funnel.proto.reranker.v1.ListPoliciesResponse;
import dev.funnel.proto.reranker.v1.PolicyDescription;
import dev.funnel.proto.reranker.v1.RerankRequest;
import dev.funnel.proto.reranker.v1.RerankResponse;
import dev.funnel.proto.reranker.v1.RerankerServiceGrpc;
import dev.funnel.reranker.rerank.ExposureLedger;
import dev.funnel.reranker.rerank.NamedPolicy;
import dev.funnel.reranker.rerank.Policies;
import dev.funnel.reranker.rerank.Reranked;
import dev.funnel.reranker.rerank.Reranker;
import dev.funnel.reranker.rule.Exposures;
import dev.funnel.reranker.rule.PolicyRule;
import dev.funnel.reranker.rule.Pool;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.telemetry.CallSpan;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** {@code funnel.reranker.v1.RerankerService}: validates, holds the bundle version, has the work done in the arithmetic pool. */
public final class RerankerGrpcService extends RerankerServiceGrpc.RerankerServiceImplBase {
    private final Policies policies;
    private final Reranker reranker;
    private final Snapshots<RerankerSnapshot> snapshots;
    private final ArithmeticPool arithmetic;
    private final Ticker ticker;
    private final RerankMetrics observer;
    private final ExposureLedger ledger = new ExposureLedger();

    public RerankerGrpcService(
            Policies policies,
            Reranker reranker,
            Snapshots<RerankerSnapshot> snapshots,
            ArithmeticPool arithmetic,
            Ticker ticker,
            RerankMetrics observer) {
        this.policies = policies;
        this.reranker = reranker;
        this.snapshots = snapshots;
        this.arithmetic = arithmetic;
        this.ticker = ticker;
        this.observer = observer;
    }

    @Override
    public void rerank(RerankRequest request, StreamObserver<RerankResponse> observer) {
        long start = ticker.nanos();
        RerankCall call = RerankCall.of(request);
        NamedPolicy policy = policies.named(call.policy());
        Deadline deadline = Deadline.ofCall();
        RerankResponse answer = arithmetic.call(deadline, () -> answer(call, policy, deadline, start));
        CallSpan.current()
                .note("bundle", answer.getBundle().getVersion())
                .note("policy", policy.name())
                .count("items_in", call.candidates().size())
                .count("items_out", answer.getSlateCount())
                .count("removals", answer.getRemovalsCount());
        observer.onNext(answer);
        observer.onCompleted();
    }

    @Override
    public void listPolicies(ListPoliciesRequest request, StreamObserver<ListPoliciesResponse> observer) {
        ListPoliciesResponse.Builder response = ListPoliciesResponse.newBuilder();
        policies.all().forEach(policy -> response.addPolicies(description(policy)));
        response.setRefusal(policies.refusal());
        observer.onNext(response.build());
        observer.onCompleted();
    }

    /** The lease is taken and given back by the thread that works, so that work which overstays its call still holds it. */
    private RerankResponse answer(RerankCall call, NamedPolicy policy, Deadline deadline, long start) {
        try (Lease<RerankerSnapshot> lease = snapshots.lease(call.bundle())) {
            RerankInput input = new RerankInput(
                    lease.snapshot(),
                    pool(call, lease.snapshot()),
                    call.user(),
                    call.query(),
                    call.seed(),
                    call.heads(),
                    exposures(call, policy));
            Reranked reranked = reranker.rerank(policy.policy(), input, call.slate(), deadline);
            observer.saw(policy, input, reranked);
            shown(call, policy, reranked);
            Duration elapsed = Duration.ofNanos(ticker.nanos() - start);
            return RerankAnswer.of(reranked, call.candidates(), lease.bundle(), policy, elapsed);
        }
    }

    /** What the request says was shown before, or what this process counted. */
    private Exposures exposures(RerankCall call, NamedPolicy policy) {
        if (call.exposures().isEmpty()) {
            return ledger.view(policy.name(), call.query().context().timeMillis());
        }
        return (rule, keys, halfLife) -> Arrays.copyOf(call.exposures().getOrDefault(rule, new double[0]), 1 + keys);
    }

    /** Counts the slate, unless it is a replay or only explained. */
    private void shown(RerankCall call, NamedPolicy policy, Reranked reranked) {
        if (call.exposures().isEmpty() && call.slate().traceItemIds().isEmpty()) {
            ledger.add(policy.name(), reranked.reaches(), call.query().context().timeMillis());
        }
    }

    private static Pool pool(RerankCall call, RerankerSnapshot snapshot) {
        List<String> ids = call.candidates().itemIds();
        int[] items = ids.stream().mapToInt(snapshot.items()::indexOf).toArray();
        return new Pool(ids.toArray(String[]::new), items, call.scores());
    }

    private static PolicyDescription description(NamedPolicy policy) {
        return PolicyDescription.newBuilder()
                .setName(policy.name())
                .setHash(policy.hash())
                .addAllRules(policy.policy().rules().map(PolicyRule::name).toList())
                .build();
    }
}
