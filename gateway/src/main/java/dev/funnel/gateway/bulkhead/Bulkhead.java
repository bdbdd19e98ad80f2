package dev.funnel.gateway.bulkhead;

import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.wire.DegradationKind;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Most calls of one kind that are under way at once. One more is not made and does not wait: it is absent, shed. */
public final class Bulkhead {
    private final String what;
    private final int bound;
    private final Semaphore places;

    /** @param what is called, as the cause of what is shed names it */
    public Bulkhead(String what, int bound) {
        this.what = what;
        this.bound = bound;
        this.places = new Semaphore(bound);
    }

    /** Makes a call if there is a place for it. */
    public <A extends StageAnswer> StageOutcome<A> within(Supplier<StageOutcome<A>> call) {
        if (!places.tryAcquire()) {
            return new StageOutcome.Absent<>(
                    DegradationKind.SHED, bound + " calls of " + what + " are under way, which is the bound");
        }
        try {
            return call.get();
        } finally {
            places.release();
        }
    }
}
