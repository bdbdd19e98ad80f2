package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.HeadValues;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.StageReport;
import java.util.List;

/**
 * What the ranker gave.
 *
 * @param scores one per candidate, in the order of the pool; finite
 * @param objective what the scores are values of; empty if the ranker does not say
 * @param heads values of the heads asked for, likewise
 */
public record Ranks(
        float[] scores,
        String objective,
        List<HeadValues> heads,
        List<Degradation> degradations,
        StageReport report,
        List<ItemTrace> traces)
        implements StageAnswer {}
