package dev.funnel.gateway.grpc;

import dev.funnel.gateway.GatewayConfiguration;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.grpc.ApiKeyInterceptor;
import dev.funnel.runtime.wire.ExpressionFilter;
import dev.funnel.runtime.wire.ExpressionFilters;
import dev.funnel.runtime.wire.Query;
import java.util.List;
import java.util.Optional;

/** Who may send filters along: by client id; everyone, where callers are not asked for a key. */
public final class RequestRights {
    private static final String ANYONE = "*";

    private final GatewayConfiguration.RequestFilters settings;

    public RequestRights(GatewayConfiguration.RequestFilters settings) {
        this.settings = settings;
    }

    /**
     * The query, whose filter the caller may send.
     *
     * @throws CallerError if not
     */
    Query checked(Query query) {
        if (query.filter() != null) {
            require("query.filter", settings.predicates());
        }
        return query;
    }

    /**
     * Expressions that the caller may send.
     *
     * @throws CallerError if not, or for a bound that does not hold
     */
    List<ExpressionFilter> expressions(List<dev.funnel.proto.common.v1.ExpressionFilter> wire) {
        if (!wire.isEmpty()) {
            require("expressions", settings.expressions());
        }
        return ExpressionFilters.fromWire("expressions", wire);
    }

    private static void require(String field, List<String> allowed) {
        Optional<String> client = ApiKeyInterceptor.client();
        if (client.isPresent() && !allowed.contains(ANYONE) && !allowed.contains(client.get())) {
            throw new CallerError(field, client.get(), "is the client, which must be allowed to send this");
        }
    }
}
