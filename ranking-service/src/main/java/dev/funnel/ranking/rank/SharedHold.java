package dev.funnel.ranking.rank;

import dev.funnel.ranking.snapshot.RankingSnapshot;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.error.DeadlinePassed;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One lease held by a request and by every part of its work: the snapshot stays usable until the last of them is done, also
 * when a part overstays a request that was given up.
 */
public final class SharedHold implements AutoCloseable {
    private final Lease<RankingSnapshot> lease;
    private final AtomicInteger holders = new AtomicInteger(1);

    /** Takes the lease over; the request itself is the first holder. */
    public SharedHold(Lease<RankingSnapshot> lease) {
        this.lease = lease;
    }

    public Lease<RankingSnapshot> lease() {
        return lease;
    }

    /** One more holder, which closes it too; to be asked for by one that still holds. */
    public SharedHold shared() {
        holders.incrementAndGet();
        return this;
    }

    /** The same work, holding on while it is done; refused if the request was given up before it began. */
    <T> Callable<T> during(Callable<T> work) {
        return () -> {
            if (holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
                throw new DeadlinePassed("the request was given up before this part of it began");
            }
            try {
                return work.call();
            } finally {
                close();
            }
        };
    }

    @Override
    public void close() {
        if (holders.decrementAndGet() == 0) {
            lease.close();
        }
    }
}
