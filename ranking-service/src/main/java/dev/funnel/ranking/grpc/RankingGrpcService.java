package dev.funnel.ranking.grpc;

import dev.funnel.inference.Ranker;
import dev.funnel.proto.ranking.v1.DescribeRankerRequest;
import dev.funnel.proto.ranking.v1.DescribeRankerResponse;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.ranking.v1.RankResponse;
import dev.funnel.proto.ranking.v1.RankingServiceGrpc;
import dev.funnel.ranking.feature.RankingInputs;
import dev.funnel.ranking.rank.ObjectiveScores;
import dev.funnel.ranking.rank.PoolScoring;
import dev.funnel.ranking.rank.RankMetrics;
import dev.funnel.ranking.rank.SharedHold;
import dev.funnel.ranking.snapshot.RankingSnapshot;
import dev.funnel.ranking.watch.FeatureWatch;
import dev.funnel.ranking.watch.RankedPool;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.telemetry.CallSpan;
import dev.funnel.runtime.wire.FromWire;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/** {@code funnel.ranking.v1.RankingService}: validates, holds the bundle version, has the pool scored. */
public final class RankingGrpcService extends RankingServiceGrpc.RankingServiceImplBase {
    private final Snapshots<RankingSnapshot> snapshots;
    private final PoolScoring scoring;
    private final RankMetrics metrics;
    private final FeatureWatch features;
    private final Ticker ticker;

    public RankingGrpcService(
            Snapshots<RankingSnapshot> snapshots,
            PoolScoring scoring,
            RankMetrics metrics,
            FeatureWatch features,
            Ticker ticker) {
        this.snapshots = snapshots;
        this.scoring = scoring;
        this.metrics = metrics;
        this.features = features;
        this.ticker = ticker;
    }

    @Override
    public void rank(RankRequest request, StreamObserver<RankResponse> observer) {
        long start = ticker.nanos();
        RankCall call = RankCall.of(request);
        try (SharedHold hold = new SharedHold(snapshots.lease(call.bundle()))) {
            CallSpan.current()
                    .note("bundle", hold.lease().bundle().version())
                    .count("items_in", call.candidates().size());
            observer.onNext(answer(call, hold, start));
        }
        observer.onCompleted();
    }

    private RankResponse answer(RankCall call, SharedHold hold, long start) {
        RankingSnapshot snapshot = hold.lease().snapshot();
        Ranker ranker = snapshot.ranker();
        ChosenHeads heads = ChosenHeads.of(call, snapshot);
        int candidates = call.candidates().size();
        ReadPool pool = scoring.score(
                hold,
                candidates,
                () -> new ReadPool(
                        ranker.begin(RankingInputs.of(
                                call.user(), call.query().context(), call.candidates(), snapshot.items())),
                        ticker.nanos()),
                (read, from, to) -> read.scoring.score(from, to),
                Deadline.ofCall());
        ObjectiveScores scored =
                ObjectiveScores.of(heads.objective(), snapshot.objectives(), pool.scoring.heads(), candidates);
        long end = ticker.nanos();
        metrics.count(scored, pool.scoring.unknownItems(), pool.readAt - start, end - pool.readAt);
        features.offer(
                hold,
                () -> new RankedPool(
                        pool.scoring,
                        ranker.schema(),
                        hold.lease().bundle().version(),
                        call.user().userId(),
                        call.query().context().timeMillis(),
                        call.candidates().itemIds()));
        return RankAnswer.of(call, pool.scoring, scored, heads, hold.lease(), Duration.ofNanos(end - start));
    }

    /**
     * A pool of which all that candidates share has been read.
     *
     * @param readAt when, in nanoseconds of the ticker
     */
    private record ReadPool(Ranker.Scoring scoring, long readAt) {}

    @Override
    public void describeRanker(DescribeRankerRequest request, StreamObserver<DescribeRankerResponse> observer) {
        try (Lease<RankingSnapshot> lease = snapshots.lease(FromWire.bundleRef("bundle", request.getBundle()))) {
            observer.onNext(RankAnswer.description(lease.snapshot(), lease.bundle()));
        }
        observer.onCompleted();
    }
}
