package dev.funnel.reranker.grpc;

import dev.funnel.proto.reranker.v1.ListPoliciesRequest;
import dev.funnel.proto.reranker.v1.ListPoliciesResponse;
import dev.funnel.proto.reranker.v1.PolicyDescription;
import dev.funnel.proto.reranker.v1.RerankRequest;
import dev.funnel.proto.reranker.v1.RerankResponse;
import dev.funnel.proto.reranker.v1.RerankerServiceGrpc;
import dev.funnel.reranker.rerank.NamedPolicy;
import dev.funnel.reranker.rerank.Policies;
import dev.funnel.reranker.rerank.Reranked;
import dev.funnel.reranker.rerank.Reranker;
import dev.funnel.reranker.rule.PolicyRule;
import dev.funnel.reranker.rule.Pool;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;

/** {@code funnel.reranker.v1.RerankerService}: validates, holds the bundle version, has the work done in the arithmetic pool. */
public final class RerankerGrpcService extends RerankerServiceGrpc.RerankerServiceImplBase {
    private final Policies policies;
    private final Reranker reranker;
    private final Snapshots<RerankerSnapshot> snapshots;
    private final ArithmeticPool arithmetic;
    private final Ticker ticker;

    public RerankerGrpcService(
            Policies policies,
            Reranker reranker,
            Snapshots<RerankerSnapshot> snapshots,
            ArithmeticPool arithmetic,
            Ticker ticker) {
        this.policies = policies;
        this.reranker = reranker;
        this.snapshots = snapshots;
        this.arithmetic = arithmetic;
        this.ticker = ticker;
    }

    @Override
    public void rerank(RerankRequest request, StreamObserver<RerankResponse> observer) {
        long start = ticker.nanos();
        RerankCall call = RerankCall.of(request);
        NamedPolicy policy = policies.named(call.policy());
        Deadline deadline = Deadline.ofCall();
        observer.onNext(arithmetic.call(deadline, () -> answer(call, policy, deadline, start)));
        observer.onCompleted();
    }

    @Override
    public void listPolicies(ListPoliciesRequest request, StreamObserver<ListPoliciesResponse> observer) {
        ListPoliciesResponse.Builder response = ListPoliciesResponse.newBuilder();
        policies.all().forEach(policy -> response.addPolicies(description(policy)));
        observer.onNext(response.build());
        observer.onCompleted();
    }

    /** The lease is taken and given back by the thread that works, so that work which overstays its call still holds it. */
    private RerankResponse answer(RerankCall call, NamedPolicy policy, Deadline deadline, long start) {
        try (Lease<RerankerSnapshot> lease = snapshots.lease(call.bundle())) {
            RerankInput input = new RerankInput(
                    lease.snapshot(), pool(call, lease.snapshot()), call.user(), call.query(), call.seed());
            Reranked reranked = reranker.rerank(policy.policy(), input, call.slate(), deadline);
            Duration elapsed = Duration.ofNanos(ticker.nanos() - start);
            return RerankAnswer.of(reranked, call.candidates(), lease.bundle(), policy, elapsed);
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
