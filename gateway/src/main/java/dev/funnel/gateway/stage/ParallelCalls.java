package dev.funnel.gateway.stage;

import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.grpc.VirtualThreads;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Several calls of a stage at once, all of which have ended, or are given up, by a deadline. */
final class ParallelCalls {
    private final VirtualThreads waiting;

    ParallelCalls(VirtualThreads waiting) {
        this.waiting = waiting;
    }

    /** How the calls ended, in their order. */
    List<StageOutcome<Retrieved>> outcomes(List<Callable<StageOutcome<Retrieved>>> calls, Deadline until) {
        List<Future<StageOutcome<Retrieved>>> under =
                calls.stream().map(waiting::submit).toList();
        return under.stream().map(each -> await(each, until)).toList();
    }

    /** Of outcomes without an answer, the one that says most: a refusal before an absence. */
    static StageOutcome<Retrieved> worst(List<StageOutcome<Retrieved>> outcomes) {
        return outcomes.stream()
                .filter(StageOutcome.Refused.class::isInstance)
                .findFirst()
                .orElseGet(outcomes::getFirst);
    }

    private static StageOutcome<Retrieved> await(Future<StageOutcome<Retrieved>> call, Deadline until) {
        try {
            return call.get(Math.max(0, until.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            return StageOutcome.late("no answer in its slice of the deadline");
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            return StageOutcome.failed("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a stage threw", e.getCause());
        }
    }
}
