package dev.funnel.cli.command;

import dev.funnel.cli.client.GatewayClient;
import dev.funnel.cli.client.ItemJson;
import dev.funnel.cli.console.Console;
import dev.funnel.proto.gateway.v1.ItemLogEntry;
import dev.funnel.proto.gateway.v1.TailRequest;
import dev.funnel.proto.gateway.v1.TailResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the item log of a running gateway. */
@Command(
        name = "tail",
        description = "Shows the entries of the item log, one per line, as JSON.",
        mixinStandardHelpOptions = true)
public final class ItemsTailCommand extends WorkingCommand {
    private static final Duration LONGEST = Duration.ofHours(24);

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(
            names = "--from",
            paramLabel = "N",
            defaultValue = "0",
            description = "first position wanted; 0: the oldest there is (default: ${DEFAULT-VALUE})")
    private long from;

    @Option(names = "--follow", description = "go on until interrupted, at most a day")
    private boolean follow;

    @Override
    void run(Console console) {
        Options.require(from >= 0, "--from", from, "must be 0 or more");
        try (GatewayClient gateway = client.connect()) {
            Iterator<TailResponse> tail =
                    gateway.tail(TailRequest.newBuilder().setFromPosition(from).build(), LONGEST);
            boolean more = true;
            while (more && tail.hasNext()) {
                TailResponse response = tail.next();
                response.getEntriesList().forEach(entry -> show(console, entry));
                more = follow || lastPosition(response) < response.getNewestPosition();
            }
        }
    }

    private static void show(Console console, ItemLogEntry entry) {
        Map<String, Object> object = ItemJson.entry(entry);
        console.object(object);
        console.line(object.toString());
    }

    /** The position up to which an answer tells everything; one without entries has nothing newer to tell. */
    private static long lastPosition(TailResponse response) {
        return response.getEntriesCount() == 0
                ? response.getNewestPosition()
                : response.getEntries(response.getEntriesCount() - 1).getPosition();
    }
}
