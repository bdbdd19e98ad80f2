package dev.funnel.gateway.pipeline;

import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.wire.ExpressionFilter;
import dev.funnel.runtime.wire.Query;
import java.util.List;

/**
 * What a caller asks the gateway for, its bounds checked.
 *
 * @param query stamped or not
 * @param pageSize how many items, 1 to 500
 * @param pageToken token of a previous answer to continue; empty: page one
 * @param explain whether the answer carries reasons
 * @param traced items to follow through every stage
 * @param expressions further filters for re-ranking
 * @param deadline when the caller must have its answer
 * @param arrivedNanos when it came, on the clock of deadlines
 */
public record Request(
        Query query,
        Pipeline pipeline,
        int pageSize,
        String pageToken,
        boolean explain,
        List<String> traced,
        List<ExpressionFilter> expressions,
        Deadline deadline,
        long arrivedNanos) {}
