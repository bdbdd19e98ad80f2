package dev.funnel.cli.command;

import dev.funnel.cli.client.GatewayClient;
import dev.funnel.cli.console.Console;
import dev.funnel.proto.gateway.v1.RemoveItemsRequest;
import dev.funnel.proto.gateway.v1.RemoveItemsResponse;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes items through a running gateway. */
@Command(
        name = "remove",
        description =
                "Takes items out of every slate. When the command ends, all that it says was accepted is durable.",
        mixinStandardHelpOptions = true)
public final class ItemsRemoveCommand extends WorkingCommand {

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "ITEM", arity = "1..*", description = "ids of items")
    private List<String> itemIds = List.of();

    @Override
    void run(Console console) throws IOException {
        ItemChanges changes = new ItemChanges(console);
        try (GatewayClient gateway = client.connect()) {
            for (int from = 0; from < itemIds.size(); from += ItemChanges.BATCH) {
                List<String> batch = itemIds.subList(from, Math.min(from + ItemChanges.BATCH, itemIds.size()));
                RemoveItemsResponse response = gateway.remove(
                        RemoveItemsRequest.newBuilder().addAllItemIds(batch).build());
                changes.add(response.getResultsList(), response.getLogPosition());
            }
        }
        changes.finish();
    }
}
