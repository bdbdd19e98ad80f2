package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.StageReport;
import java.util.List;

/** What candidate generation gave: a pool with its provenance. */
public record Retrieved(
        Candidates candidates, List<Degradation> degradations, StageReport report, List<ItemTrace> traces)
        implements StageAnswer {}
