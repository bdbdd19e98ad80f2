package dev.funnel.gateway.grpc;

import dev.funnel.gateway.pipeline.Pipeline;
import dev.funnel.gateway.pipeline.Pipelines;
import dev.funnel.gateway.pipeline.Request;
import dev.funnel.proto.gateway.v1.ExplainRequest;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.FromWire;
import dev.funnel.runtime.wire.Query;
import java.util.List;

/** Reads what callers ask, and refuses what breaks a bound, naming the field, the value and the rule. */
final class RequestFromWire {
    private final Pipelines pipelines;
    private final RequestRights rights;

    RequestFromWire(Pipelines pipelines, RequestRights rights) {
        this.pipelines = pipelines;
        this.rights = rights;
    }

    Request recommend(RecommendRequest wire) {
        Query query = rights.checked(FromWire.query("query", wire.getQuery()));
        Pipeline pipeline = pipelines.resolve(wire.getPipeline(), query.hasSeed());
        return new Request(
                query,
                pipeline,
                wire.hasPageSize()
                        ? pageSize(wire.getPageSize())
                        : pipeline.settings().pageSize(),
                wire.getPageToken(),
                wire.getExplain(),
                List.of(),
                rights.expressions(wire.getExpressionsList()),
                CallerDeadline.of(pipeline.settings()),
                Ticker.SYSTEM.nanos());
    }

    Request explain(ExplainRequest wire) {
        Query query = rights.checked(FromWire.query("query", wire.getQuery()));
        Pipeline pipeline = pipelines.resolve(wire.getPipeline(), query.hasSeed());
        List<String> traced = FromWire.tracedItemIds("item_ids", wire.getItemIdsList());
        if (traced.isEmpty()) {
            throw new CallerError("item_ids", traced, "must be at least 1 entry");
        }
        return new Request(
                query,
                pipeline,
                wire.hasPageSize()
                        ? pageSize(wire.getPageSize())
                        : pipeline.settings().pageSize(),
                "",
                true,
                traced.stream().distinct().toList(),
                rights.expressions(wire.getExpressionsList()),
                CallerDeadline.of(pipeline.settings()),
                Ticker.SYSTEM.nanos());
    }

    private static int pageSize(int value) {
        return Bounds.between("page_size", value, 1, Bounds.SLATE);
    }
}
