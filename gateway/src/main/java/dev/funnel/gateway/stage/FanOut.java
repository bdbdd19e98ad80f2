package dev.funnel.gateway.stage;

import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.grpc.VirtualThreads;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Candidate generation by several calls at once, one per group of generators, merged into one pool. A group that is absent is a
 * degradation of the pool; only when all are absent is candidate generation.
 */
public final class FanOut {
    private final CandidateStage stage;
    private final VirtualThreads waiting;

    /** @param waiting runs each call on a thread that may wait, in the context of the caller's request */
    public FanOut(CandidateStage stage, VirtualThreads waiting) {
        this.stage = stage;
        this.waiting = waiting;
    }

    /** Asks each group of generators; {@code call} is the question without them. */
    public StageOutcome<Retrieved> retrieve(RetrieveCall call, List<List<GeneratorRequest>> groups, Deadline until) {
        if (groups.size() <= 1) {
            return stage.retrieve(groups.isEmpty() ? call : call.to(groups.getFirst()), until);
        }
        List<Future<StageOutcome<Retrieved>>> calls = groups.stream()
                .map(group -> waiting.submit(() -> stage.retrieve(call.to(group), until)))
                .toList();
        List<StageOutcome<Retrieved>> outcomes =
                calls.stream().map(each -> await(each, until)).toList();
        return merged(groups, outcomes);
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

    private static StageOutcome<Retrieved> merged(
            List<List<GeneratorRequest>> groups, List<StageOutcome<Retrieved>> outcomes) {
        List<Retrieved> answers =
                outcomes.stream().flatMap(each -> each.answer().stream()).toList();
        if (answers.isEmpty()) {
            return outcomes.getFirst();
        }
        List<Degradation> lost = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if (outcomes.get(i) instanceof StageOutcome.Absent<Retrieved>(DegradationKind kind, String cause)) {
                lost.add(new Degradation(
                        Stage.CANDIDATES, kind, names(groups.get(i)), cause, "what the other generators nominated"));
            }
        }
        return StageOutcome.answered(PoolMerge.merge(answers, lost));
    }

    private static String names(List<GeneratorRequest> group) {
        return group.stream().map(GeneratorRequest::name).collect(Collectors.joining(","));
    }
}
