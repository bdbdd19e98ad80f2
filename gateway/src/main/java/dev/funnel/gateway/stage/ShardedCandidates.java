package dev.funnel.gateway.stage;

import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.grpc.VirtualThreads;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Candidate generation spread over several parts: part p of n serves the virtual shards whose number modulo n is p. All are asked at
 * once and what they find is merged as if one process had searched everything. A part that is absent is a degradation of the pool;
 * only when all are absent is candidate generation.
 */
public final class ShardedCandidates implements CandidateStage {
    private final List<CandidateStage> parts;
    private final ParallelCalls calls;

    /**
     * @param parts in the order of their numbers
     * @param waiting runs each call on a thread that may wait, in the context of the caller's request
     */
    public ShardedCandidates(List<? extends CandidateStage> parts, VirtualThreads waiting) {
        this.parts = List.copyOf(parts);
        this.calls = new ParallelCalls(waiting);
    }

    @Override
    public StageOutcome<Retrieved> retrieve(RetrieveCall call, Deadline until) {
        List<Integer> asked = IntStream.range(
                        0, Math.min(parts.size(), call.catalogue().shards()))
                .boxed()
                .toList(); // the others have no shard
        if (asked.size() == 1) {
            return parts.getFirst().retrieve(call.of(shards(0, call)), until);
        }
        List<Callable<StageOutcome<Retrieved>>> questions = new ArrayList<>();
        for (int part : asked) {
            questions.add(() -> parts.get(part).retrieve(call.of(shards(part, call)), until));
        }
        return merged(call, calls.outcomes(questions, until));
    }

    private List<Integer> shards(int part, RetrieveCall call) {
        return IntStream.range(0, call.catalogue().shards())
                .filter(shard -> shard % parts.size() == part)
                .boxed()
                .toList();
    }

    private static StageOutcome<Retrieved> merged(RetrieveCall call, List<StageOutcome<Retrieved>> outcomes) {
        List<ShardMerge.Part> answers = new ArrayList<>();
        List<Degradation> lost = new ArrayList<>();
        for (int part = 0; part < outcomes.size(); part++) {
            String name = "part " + part + " of " + outcomes.size();
            outcomes.get(part).answer().ifPresent(given -> answers.add(new ShardMerge.Part(name, given)));
            if (outcomes.get(part) instanceof StageOutcome.Absent<Retrieved>(DegradationKind kind, String cause)) {
                lost.add(lost(name, kind, cause));
            }
        }
        return answers.isEmpty() || ParallelCalls.anyRefused(outcomes)
                ? ParallelCalls.worst(outcomes)
                : StageOutcome.answered(ShardMerge.merge(call.catalogue().order(), answers, lost));
    }

    /** A version that is missing stays what it is, since another version may do; so does a fault of configuration. */
    private static Degradation lost(String part, DegradationKind kind, String cause) {
        boolean itself = kind == DegradationKind.VERSION_MISSING || kind == DegradationKind.MISCONFIGURED;
        return new Degradation(
                Stage.CANDIDATES,
                itself ? kind : DegradationKind.SHARD_MISSING,
                part,
                itself ? cause : kind + ": " + cause,
                "candidates of the other shards");
    }
}
