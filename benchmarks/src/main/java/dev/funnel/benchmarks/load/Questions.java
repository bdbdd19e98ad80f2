package dev.funnel.benchmarks.load;

import com.google.protobuf.Timestamp;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.History;
import dev.funnel.proto.common.v1.Context;
import dev.funnel.proto.common.v1.Interaction;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What is asked of a gateway: mostly home pages of known users, some related items, some visitors without an account but with a few items just
 * seen. Few users ask much and many ask little: the user of rank r asks in proportion to 1/r (Zipf), as do seed items. The instant is just after
 * the bundle's data end.
 */
public final class Questions {

    private static final int COUNT = 8_192;
    private static final double RELATED = 0.2;
    private static final double ANONYMOUS = 0.1;
    private static final int SEEN = 5;

    private final Bundle bundle;
    private final int slate;
    private final SplittableRandom random;
    private final Context context;
    private final long shuffle;

    private Questions(Bundle bundle, int slate, long seed) {
        this.bundle = bundle;
        this.slate = slate;
        this.random = new SplittableRandom(seed);
        this.shuffle = random.nextLong();
        Instant end = bundle.manifest().trainedUntil();
        this.context = end == null
                ? Context.getDefaultInstance()
                : Context.newBuilder()
                        .setTime(Timestamp.newBuilder().setSeconds(end.getEpochSecond() + 1))
                        .build();
    }

    /**
     * A few thousand requests, the same for the same seed.
     *
     * @param slate how many items are asked for
     */
    public static List<RecommendRequest> of(Bundle bundle, int slate, long seed) {
        Questions questions = new Questions(bundle, slate, seed);
        return IntStream.range(0, COUNT).mapToObj(each -> questions.next()).toList();
    }

    private RecommendRequest next() {
        double kind = random.nextDouble();
        Query.Builder query = Query.newBuilder().setContext(context);
        if (kind < ANONYMOUS) {
            History seen = bundle.users().history(skewed(bundle.users().size()));
            for (int i = 0; i < Math.min(SEEN, seen.size()); i++) {
                query.addRecent(
                        Interaction.newBuilder().setItemId(bundle.items().id(seen.items()[i])));
            }
        } else {
            query.setUserId(bundle.users().id(skewed(bundle.users().size())));
        }
        boolean related = kind >= ANONYMOUS && kind < ANONYMOUS + RELATED;
        if (related) {
            query.setSeedItemId(bundle.items().id(skewed(bundle.items().size())));
        }
        return RecommendRequest.newBuilder()
                .setPipeline(related ? "related" : "home")
                .setQuery(query)
                .setPageSize(slate)
                .build();
    }

    /** A row below {@code count}: of ranks by Zipf's law, which rows have in an order that has nothing to do with the table's. */
    private int skewed(int count) {
        int rank = (int) Math.min(count - 1, Math.pow(count + 1.0, random.nextDouble()) - 1);
        return (int) Math.floorMod(new SplittableRandom(shuffle + rank).nextLong(), (long) count);
    }
}
