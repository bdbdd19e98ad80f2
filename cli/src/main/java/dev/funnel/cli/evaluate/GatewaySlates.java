package dev.funnel.cli.evaluate;

import com.google.protobuf.Timestamp;
import dev.funnel.cli.client.GatewayClient;
import dev.funnel.proto.common.v1.Context;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendedItem;
import dev.funnel.trainer.train.NcfTraining;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Slates of one pipeline, asked from a gateway. An answer that lost a stage is asked for again, a few times; those that stay so
 * are counted.
 */
final class GatewaySlates implements Slates {

    private static final int ATTEMPTS = 3;
    private static final List<String> FILLED_UP = List.of("popular-slate");
    private static final Set<DegradationKind> LOSSES = EnumSet.of(
            DegradationKind.DEGRADATION_KIND_LATE,
            DegradationKind.DEGRADATION_KIND_FAILED,
            DegradationKind.DEGRADATION_KIND_SHED,
            DegradationKind.DEGRADATION_KIND_VERSION_MISSING);

    private final GatewayClient gateway;
    private final String pipeline;
    private final Timestamp time;
    private final AtomicInteger degraded = new AtomicInteger();

    GatewaySlates(GatewayClient gateway, String pipeline, Instant time) {
        this.gateway = gateway;
        this.pipeline = pipeline;
        this.time = Timestamp.newBuilder().setSeconds(time.getEpochSecond()).build();
    }

    /** What the pipeline chose; what the gateway filled the page up with is left out. */
    @Override
    public int[] of(int user) {
        return ask(request(user)).getItemsList().stream()
                .filter(item -> !item.getSourcesList().equals(FILLED_UP))
                .map(RecommendedItem::getItemId)
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** How many answers had lost a stage. */
    int degraded() {
        return degraded.get();
    }

    private RecommendResponse ask(RecommendRequest request) {
        RecommendResponse answer = gateway.recommend(request);
        for (int attempt = 1; attempt < ATTEMPTS && hasLoss(answer); attempt++) {
            answer = gateway.recommend(request);
        }
        if (hasLoss(answer)) {
            degraded.incrementAndGet();
        }
        return answer;
    }

    private RecommendRequest request(int user) {
        return RecommendRequest.newBuilder()
                .setQuery(Query.newBuilder()
                        .setUserId(NcfTraining.id(user))
                        .setContext(Context.newBuilder().setTime(time)))
                .setPipeline(pipeline)
                .setPageSize(SIZE)
                .build();
    }

    private static boolean hasLoss(RecommendResponse answer) {
        return answer.getDegradationsList().stream().anyMatch(degradation -> LOSSES.contains(degradation.getKind()));
    }
}
