package dev.funnel.cli.command;

import dev.funnel.cli.console.Console;
import dev.funnel.proto.gateway.v1.ItemChangeResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of changes that were sent in several requests. */
final class ItemChanges {

    /** Changes in one request; the contract's bound is 1,000. */
    static final int BATCH = 500;

    private final Console console;
    private long accepted;
    private long refused;
    private long position;

    ItemChanges(Console console) {
        this.console = console;
    }

    /** Takes an answer; says which items were refused and why. */
    void add(List<ItemChangeResult> results, long logPosition) {
        position = logPosition;
        for (ItemChangeResult result : results) {
            if (result.getAccepted()) {
                accepted++;
            } else {
                refused++;
                console.line("refused: " + result.getItemId() + ": " + result.getRefusal());
                Map<String, Object> object = new LinkedHashMap<>();
                object.put("item_id", result.getItemId());
                object.put("refusal", result.getRefusal());
                console.object(object);
            }
        }
    }

    /** Says the totals; fails if an item was refused, so that scripts notice. */
    void finish() throws IOException {
        console.line("%,d accepted, %,d refused, item log position %d".formatted(accepted, refused, position));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("accepted", accepted);
        object.put("refused", refused);
        object.put("log_position", position);
        console.object(object);
        if (refused > 0) {
            throw new IOException("%,d items were refused".formatted(refused));
        }
    }
}
