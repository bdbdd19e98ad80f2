package dev.funnel.benchmarks.rank;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.proto.common.v1.BundleRef;
import dev.funnel.proto.ranking.v1.RankRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Does ranking-service keep memory, also of calls that fail? It is asked over a loopback socket again and again; of ten calls one has an
 * item twice, one a bundle version that nobody has, and one a millisecond, which is mostly too little. Command: {@code funnel bench ranking
 * --bundles DIR --soak 1000000 --json}.
 *
 * @param candidates of a pool, if the bundle has so many items
 */
public record ServedSoak(int candidates) {
    private static final long CALL_MILLIS = 10_000;
    private static final int ROUND = 10;

    /**
     * Serves the newest bundle of a name under a root, and asks; gives back how the calls ended.
     *
     * @throws StatusRuntimeException if one fails that nothing is wrong with
     */
    public Map<Status.Code, Long> run(Path root, String name, Soak soak) throws IOException, BundleRefusedException {
        Map<Status.Code, Long> ends = new EnumMap<>(Status.Code.class);
        int[] asked = {0};
        try (ServedRanker served = ServedRanker.start(root, name, candidates)) {
            soak.run(() -> ends.merge(end(served, asked[0]++), 1L, Long::sum));
        }
        return ends;
    }

    private static Status.Code end(ServedRanker served, int number) {
        RankRequest request = served.pools().get(number % served.pools().size()).request();
        return switch (number % ROUND) {
            case 0 -> failed(served, CALL_MILLIS, withAnItemTwice(request));
            case 1 -> failed(served, CALL_MILLIS, ofNoVersion(request));
            case 2 -> failed(served, 1, request);
            default -> {
                served.stub(CALL_MILLIS).rank(request);
                yield Status.Code.OK;
            }
        };
    }

    private static RankRequest withAnItemTwice(RankRequest request) {
        return request.toBuilder()
                .setCandidates(request.getCandidates().toBuilder()
                        .addItemIds(request.getCandidates().getItemIds(0)))
                .build();
    }

    private static RankRequest ofNoVersion(RankRequest request) {
        return request.toBuilder()
                .setBundle(BundleRef.newBuilder().setVersion("nobody-has-this"))
                .build();
    }

    private static Status.Code failed(ServedRanker served, long millis, RankRequest request) {
        try {
            served.stub(millis).rank(request);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }
}
