package dev.funnel.candidate.grpc;

import dev.funnel.bundle.ItemShards;
import dev.funnel.candidate.retrieve.GeneratorAsk;
import dev.funnel.candidate.retrieve.RetrievalRequest;
import dev.funnel.proto.candidate.v1.GeneratorRequest;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.FromWire;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads requests and refuses those that break a bound, naming the field. */
final class RequestFromWire {
    private RequestFromWire() {}

    static RetrievalRequest retrieve(RetrieveRequest wire) {
        return new RetrievalRequest(
                FromWire.userState("user", wire.getUser()),
                FromWire.stampedQuery("query", wire.getQuery()),
                FromWire.bundleRef("bundle", wire.getBundle()),
                shards(wire.getShardsList()),
                generators(wire.getGeneratorsList()),
                effort(wire.getEffort()),
                FromWire.tracedItemIds("trace_item_ids", wire.getTraceItemIdsList()),
                FromWire.strictRules("strict_rules", wire.getStrictRulesList()),
                wire.getExplain(),
                wire.getPartial());
    }

    private static List<Integer> shards(List<Integer> wire) {
        Bounds.atMost("shards", wire, ItemShards.MOST);
        return wire;
    }

    private static List<GeneratorAsk> generators(List<GeneratorRequest> wire) {
        Bounds.atMost("generators", wire, Bounds.GENERATORS);
        List<GeneratorAsk> asks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < wire.size(); i++) {
            String at = "generators[" + i + "]";
            String name = Bounds.requiredId(at + ".name", wire.get(i).getName());
            if (!names.add(name)) {
                throw new CallerError(at + ".name", name, "must not stand twice");
            }
            asks.add(new GeneratorAsk(
                    name, Bounds.count(at + ".limit", wire.get(i).getLimit(), Bounds.CANDIDATES)));
        }
        return asks;
    }

    private static float effort(float wire) {
        if (!(wire >= 0 && wire <= 1)) {
            throw new CallerError("effort", wire, "must be in (0, 1]");
        }
        return wire == 0 ? 1 : wire;
    }
}
