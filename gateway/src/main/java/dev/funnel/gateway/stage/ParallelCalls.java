package dev.funnel.gateway.stage;

import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.grpc.VirtualThreads;
import dev.funnel.runtime.wire.DegradationKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Several calls of a stage at once, all of which have ended, or are given up, by a deadline. */
final class ParallelCalls {
    private static final String LATE = "no answer in its slice of the deadline";

    private final VirtualThreads waiting;

    /** How one of the calls ended. */
    private record Ended(int call, StageOutcome<Retrieved> outcome) {}

    /** Whether it is enough, after one more call has ended. */
    @FunctionalInterface
    interface Sufficiency {
        boolean enough(int call, StageOutcome<Retrieved> outcome);
    }

    ParallelCalls(VirtualThreads waiting) {
        this.waiting = waiting;
    }

    /** How the calls ended, in their order. */
    List<StageOutcome<Retrieved>> outcomes(List<Callable<StageOutcome<Retrieved>>> calls, Deadline until) {
        return outcomes(calls, until, (call, outcome) -> false, Duration.ZERO);
    }

    /**
     * How the calls ended, in their order.
     *
     * @param wait how long the others are waited for once it is enough
     */
    List<StageOutcome<Retrieved>> outcomes(
            List<Callable<StageOutcome<Retrieved>>> calls, Deadline until, Sufficiency sufficiency, Duration wait) {
        BlockingQueue<Ended> ended = new LinkedBlockingQueue<>(calls.size());
        List<Future<?>> under = new ArrayList<>();
        for (int call = 0; call < calls.size(); call++) {
            under.add(start(call, calls.get(call), ended));
        }
        List<@Nullable StageOutcome<Retrieved>> outcomes = new ArrayList<>(Collections.nCopies(calls.size(), null));
        String late = LATE;
        Deadline waited = until;
        for (int open = calls.size(); open > 0; open--) {
            Ended one = next(ended, waited);
            if (one == null) {
                break;
            }
            outcomes.set(one.call(), one.outcome());
            if (sufficiency.enough(one.call(), one.outcome()) && late.equals(LATE)) {
                waited = until.atMost(wait);
                late = "no answer within " + wait.toMillis() + " ms of the minimum set";
            }
        }
        under.forEach(call -> call.cancel(true));
        StageOutcome<Retrieved> absent = StageOutcome.late(late);
        return outcomes.stream()
                .map(outcome -> outcome == null ? absent : outcome)
                .toList();
    }

    private Future<?> start(int call, Callable<StageOutcome<Retrieved>> asked, BlockingQueue<Ended> ended) {
        return waiting.submit(() -> {
            ended.add(new Ended(call, outcome(asked)));
            return call;
        });
    }

    private static StageOutcome<Retrieved> outcome(Callable<StageOutcome<Retrieved>> asked) {
        try {
            return asked.call();
        } catch (Exception e) {
            return StageOutcome.failed("it could not be called: " + e);
        }
    }

    private static @Nullable Ended next(BlockingQueue<Ended> ended, Deadline until) {
        try {
            return ended.poll(Math.max(0, until.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Whether one refused what the caller sent, which the others' answers do not make good. */
    static boolean anyRefused(List<StageOutcome<Retrieved>> outcomes) {
        return outcomes.stream().anyMatch(StageOutcome.Refused.class::isInstance);
    }

    /** Of outcomes without an answer that can be used, the one that says most: a refusal, a fault of configuration, any absence. */
    static StageOutcome<Retrieved> worst(List<StageOutcome<Retrieved>> outcomes) {
        return outcomes.stream()
                .filter(StageOutcome.Refused.class::isInstance)
                .findFirst()
                .or(() ->
                        outcomes.stream().filter(ParallelCalls::isMisconfigured).findFirst())
                .orElseGet(outcomes::getFirst);
    }

    private static boolean isMisconfigured(StageOutcome<Retrieved> outcome) {
        return outcome instanceof StageOutcome.Absent<Retrieved>(DegradationKind kind, String cause)
                && kind == DegradationKind.MISCONFIGURED;
    }
}
