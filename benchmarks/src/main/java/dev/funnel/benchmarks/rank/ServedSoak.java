package dev.funnel.benchmarks.rank;

import dev.funnel.benchmarks.rank.ServedRanker.Pool;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.proto.common.v1.BundleRef;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Does ranking-service keep memory, also of calls that fail? It is asked over a loopback socket again and again; of ten calls one has an
 * item twice, one a bundle version that nobody has, and one a millisecond, which is mostly too little.
 *
 * @param candidates of a pool, if the bundle has so many items
 */
public record ServedSoak(int candidates) {
    private static final long CALL_MILLIS = 10_000;
    private static final int ROUND = 10;

    /** Serves the newest bundle of a name under a root, and asks; gives back how the calls ended. */
    public Map<Status.Code, Long> run(Path root, String name, Soak soak) throws IOException, BundleRefusedException {
        Map<Status.Code, Long> ends = new EnumMap<>(Status.Code.class);
        int[] asked = {0};
        try (ServedRanker served = ServedRanker.start(root, name, candidates)) {
            soak.run(() -> ends.merge(end(served, asked[0]++), 1L, Long::sum));
        }
        return ends;
    }

    private static Status.Code end(ServedRanker served, int number) {
        Pool pool = served.pools().get((number & Integer.MAX_VALUE) % served.pools().size());
        try {
            switch (number % ROUND) {
                case 0 -> served.stub(CALL_MILLIS).rank(pool.request().toBuilder()
                        .setCandidates(pool.request().getCandidates().toBuilder()
                                .addItemIds(pool.request().getCandidates().getItemIds(0)))
                        .build());
                case 1 -> served.stub(CALL_MILLIS).rank(pool.request().toBuilder()
                        .setBundle(BundleRef.newBuilder().setVersion("nobody-has-this"))
                        .build());
                case 2 -> served.stub(1).rank(pool.request());
                default -> served.stub(CALL_MILLIS).rank(pool.request());
            }
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }
}
