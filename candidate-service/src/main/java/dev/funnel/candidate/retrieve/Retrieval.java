package dev.funnel.candidate.retrieve;

import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.StageReport;
import java.util.List;

/**
 * A pool of candidates and how it came to be.
 *
 * @param bundle the version that answered
 * @param candidates the pool
 * @param outcomes how each generator fared, in the order asked
 * @param degradations what was lost
 * @param report counts and time
 * @param traces what is known of the items traced, in that order
 */
public record Retrieval(
        BundleRef bundle,
        Candidates candidates,
        List<Outcome> outcomes,
        List<Degradation> degradations,
        StageReport report,
        List<ItemTrace> traces) {}
