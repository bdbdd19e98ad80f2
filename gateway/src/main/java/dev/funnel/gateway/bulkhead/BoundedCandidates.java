package dev.funnel.gateway.bulkhead;

import dev.funnel.gateway.stage.CandidateStage;
import dev.funnel.gateway.stage.GeneratorRequest;
import dev.funnel.gateway.stage.RetrieveCall;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.deadline.Deadline;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Candidate generation of which at most so many calls are under way, and of those at most so many that ask a certain generator. A call
 * that asks a generator which has no place left is shed whole; generators asked in groups of their own leave the others be.
 */
public final class BoundedCandidates implements CandidateStage {
    private final CandidateStage stage;
    private final Bulkhead all;
    private final Map<String, Bulkhead> byGenerator = new TreeMap<>();

    /** @param boundByGenerator of generators that have a bound of their own */
    public BoundedCandidates(CandidateStage stage, int bound, Map<String, Integer> boundByGenerator) {
        this.stage = stage;
        this.all = new Bulkhead("candidate generation", bound);
        boundByGenerator.forEach(
                (generator, most) -> byGenerator.put(generator, new Bulkhead("generator " + generator, most)));
    }

    @Override
    public StageOutcome<Retrieved> retrieve(RetrieveCall call, Deadline until) {
        Supplier<StageOutcome<Retrieved>> asked = () -> stage.retrieve(call, until);
        for (Bulkhead generator : asked(call)) {
            Supplier<StageOutcome<Retrieved>> within = asked;
            asked = () -> generator.within(within);
        }
        return all.within(asked);
    }

    /** Those of the generators asked that have a bound; a call that names none asks all. */
    private Collection<Bulkhead> asked(RetrieveCall call) {
        if (call.generators().isEmpty()) {
            return byGenerator.values();
        }
        List<String> names =
                call.generators().stream().map(GeneratorRequest::name).toList();
        return byGenerator.entrySet().stream()
                .filter(bound -> names.contains(bound.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
