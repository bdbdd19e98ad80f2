package dev.funnel.cli.command;

import dev.funnel.cli.client.ExplanationText;
import dev.funnel.cli.client.GatewayClient;
import dev.funnel.cli.console.Console;
import dev.funnel.proto.gateway.v1.ExplainRequest;
import dev.funnel.proto.gateway.v1.ExplainResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a running gateway why items are, or are not, in a slate. */
@Command(
        name = "explain",
        description =
                "Asks a running gateway why items are in a slate, or which stage and rule dropped or outranked them.",
        mixinStandardHelpOptions = true)
public final class ExplainCommand extends WorkingCommand {

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Mixin
    private final QueryOptions query = new QueryOptions();

    @Option(names = "--pipeline", paramLabel = "NAME", defaultValue = "", description = "e.g. home or related")
    private String pipeline = "";

    @Option(names = "--size", paramLabel = "N", description = "items on the page, 1 to 500; absent: the pipeline's")
    private @Nullable Integer size;

    @Parameters(arity = "1..100", paramLabel = "ITEM", description = "the items asked about")
    private List<String> items = List.of();

    @Override
    void run(Console console) {
        try (GatewayClient gateway = client.connect()) {
            ExplainResponse response = gateway.explain(request());
            ExplanationText.objects(response).forEach(console::object);
            ExplanationText.of(response).forEach(console::line);
        }
    }

    private ExplainRequest request() {
        ExplainRequest.Builder request = ExplainRequest.newBuilder()
                .setQuery(query.query())
                .setPipeline(pipeline)
                .addAllItemIds(items);
        if (size != null) {
            request.setPageSize(size);
        }
        return request.build();
    }
}
