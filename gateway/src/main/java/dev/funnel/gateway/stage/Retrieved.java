package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.StageReport;
import java.util.List;

/**
 * What candidate generation gave: a pool with its provenance.
 *
 * @param shares of each generator asked, how its limit is shared out with other parts
 */
public record Retrieved(
        Candidates candidates,
        List<GeneratorShare> shares,
        List<Degradation> degradations,
        StageReport report,
        List<ItemTrace> traces)
        implements StageAnswer {

    /** An answer that is not merged with others. */
    public Retrieved(
            Candidates candidates, List<Degradation> degradations, StageReport report, List<ItemTrace> traces) {
        this(candidates, List.of(), degradations, report, traces);
    }
}
