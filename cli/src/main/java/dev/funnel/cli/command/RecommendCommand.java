package dev.funnel.cli.command;

import dev.funnel.cli.client.GatewayClient;
import dev.funnel.cli.client.SlateJson;
import dev.funnel.cli.client.SlateText;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.Stopwatch;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a running gateway for a slate. */
@Command(
        name = "recommend",
        description = "Asks a running gateway for a slate: for a user, an item, a session, or a new visitor.",
        mixinStandardHelpOptions = true)
public final class RecommendCommand extends WorkingCommand {

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Mixin
    private final QueryOptions query = new QueryOptions();

    @Option(names = "--pipeline", paramLabel = "NAME", defaultValue = "", description = "e.g. home or related")
    private String pipeline = "";

    @Option(names = "--size", paramLabel = "N", description = "items on the page, 1 to 500; absent: the pipeline's")
    private @Nullable Integer size;

    @Option(names = "--page-token", paramLabel = "TOKEN", defaultValue = "", description = "continue a previous answer")
    private String pageToken = "";

    @Option(names = "--explain", description = "with sources, scores and reasons of every item")
    private boolean explain;

    @Override
    void run(Console console) {
        Stopwatch watch = Stopwatch.start();
        try (GatewayClient gateway = client.connect()) {
            RecommendResponse response = gateway.recommend(request());
            console.object(SlateJson.of(response, watch.seconds()));
            SlateText.of(response).forEach(console::line);
        }
    }

    private RecommendRequest request() {
        RecommendRequest.Builder request = RecommendRequest.newBuilder()
                .setQuery(query.query())
                .setPipeline(pipeline)
                .setPageToken(pageToken)
                .setExplain(explain);
        if (size != null) {
            request.setPageSize(size);
        }
        return request.build();
    }
}
