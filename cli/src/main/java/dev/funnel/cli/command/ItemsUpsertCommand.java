package dev.funnel.cli.command;

import dev.funnel.cli.client.GatewayClient;
import dev.funnel.cli.client.ItemJson;
import dev.funnel.cli.console.Console;
import dev.funnel.proto.gateway.v1.Item;
import dev.funnel.proto.gateway.v1.UpsertItemsRequest;
import dev.funnel.proto.gateway.v1.UpsertItemsResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Adds and changes items through a running gateway. */
@Command(
        name = "upsert",
        description =
                "Adds items, or changes those that are there: lines of JSON with the columns that the trainer reads. What is not"
                        + " given stays as it was. When the command ends, all that it says was accepted is durable.",
        mixinStandardHelpOptions = true)
public final class ItemsUpsertCommand extends WorkingCommand {

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "JSON lines; absent: standard input")
    private @Nullable Path file;

    @Override
    void run(Console console) throws IOException {
        ItemChanges changes = new ItemChanges(console);
        try (GatewayClient gateway = client.connect();
                BufferedReader lines = open()) {
            List<Item> batch = new ArrayList<>();
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    batch.add(item(line, number));
                }
                if (batch.size() == ItemChanges.BATCH) {
                    send(gateway, batch, changes);
                }
            }
            send(gateway, batch, changes);
        }
        changes.finish();
    }

    private static void send(GatewayClient gateway, List<Item> batch, ItemChanges changes) {
        if (!batch.isEmpty()) {
            UpsertItemsResponse response = gateway.upsert(
                    UpsertItemsRequest.newBuilder().addAllItems(batch).build());
            changes.add(response.getResultsList(), response.getLogPosition());
            batch.clear();
        }
    }

    private static Item item(String line, long number) throws IOException {
        try {
            return ItemJson.item(line);
        } catch (IllegalArgumentException e) {
            throw new IOException("line " + number + ": " + e.getMessage(), e);
        }
    }

    private BufferedReader open() throws IOException {
        return file == null
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(file);
    }
}
