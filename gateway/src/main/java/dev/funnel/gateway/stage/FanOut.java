package dev.funnel.gateway.stage;

import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.grpc.VirtualThreads;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Candidate generation by several calls at once, one per group of generators, merged into one pool. A group that is absent is a
 * degradation of the pool; only when all are absent is candidate generation.
 */
public final class FanOut {
    private final CandidateStage stage;
    private final ParallelCalls calls;

    /** @param graceing runs each call on a thread that may wait, in the context of the caller's request */
    public FanOut(CandidateStage stage, VirtualThreads waiting) {
        this.stage = stage;
        this.calls = new ParallelCalls(waiting);
    }

    /**
     * Asks each group of generators; {@code call} is the question without them.
     *
     * @param enough which of them need not wait for the others
     */
    public StageOutcome<Retrieved> retrieve(
            RetrieveCall call, List<List<GeneratorRequest>> groups, Enough enough, Deadline until) {
        if (groups.size() <= 1) {
            return stage.retrieve(groups.isEmpty() ? call : call.to(groups.getFirst()), until);
        }
        List<Callable<StageOutcome<Retrieved>>> questions = new ArrayList<>();
        groups.forEach(group -> questions.add(() -> stage.retrieve(call.to(group), until)));
        Set<String> answered = new HashSet<>();
        return merged(
                groups,
                calls.outcomes(
                        questions,
                        until,
                        (group, outcome) -> {
                            answered.addAll(Enough.answered(groups.get(group), outcome));
                            return enough.reached(answered);
                        },
                        enough.grace()));
    }

    private static StageOutcome<Retrieved> merged(
            List<List<GeneratorRequest>> groups, List<StageOutcome<Retrieved>> outcomes) {
        List<Retrieved> answers =
                outcomes.stream().flatMap(each -> each.answer().stream()).toList();
        if (answers.isEmpty() || ParallelCalls.anyRefused(outcomes)) {
            return ParallelCalls.worst(outcomes);
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
