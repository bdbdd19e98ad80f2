package dev.funnel.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funnel.bundle.ItemId;
import dev.funnel.bundle.UserId;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.bundle.log.ItemLogFolder;
import dev.funnel.bundle.log.NewEntry;
import dev.funnel.proto.common.v1.FeatureValue;
import dev.funnel.proto.gateway.v1.Item;
import dev.funnel.proto.gateway.v1.ItemLogEntry;
import dev.funnel.runtime.error.CallerError;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemsFromWireTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");

    @TempDir
    Path folder;

    /** The bundle module writes the message by hand: what it writes has to be the contract's, and nothing must be lost. */
    @Test
    void what_log_files_hold_is_the_contracts_message_with_every_kind_of_value() throws Exception {
        Upsert upsert = new Upsert(
                Map.of(
                        "title", new ColumnValue.Text("Fünf"),
                        "categories", new ColumnValue.Texts(List.of("x", "y")),
                        "uploader", new ColumnValue.Text("u"),
                        "country", new ColumnValue.Text("DE"),
                        "published_at", new ColumnValue.Time(-1_234),
                        "expires_at", new ColumnValue.Time(1_234),
                        "duration_seconds", new ColumnValue.Number(12.5),
                        "maturity", new ColumnValue.Number(16),
                        "mood", new ColumnValue.Text("calm"),
                        "loudness", new ColumnValue.Number(-3.25)),
                Map.of("als", new ColumnValue.Vector(new float[] {1, -2.5f, 0})),
                List.of(new UserId("ü"), new UserId("v")));
        Upsert further = Upsert.of(Map.of(
                "tags", new ColumnValue.Texts(List.of("p", "q")), "seen_at", new ColumnValue.Time(1_700_000_000_123L)));
        List<NewEntry> entries = List.of(
                new NewEntry(new ItemId("ä"), upsert),
                new NewEntry(new ItemId("b"), further),
                new NewEntry(new ItemId("c"), new ItemChange.Remove()));
        try (ItemLogFolder log = ItemLogFolder.open(folder, 1 << 20)) {
            log.append(entries, NOW);
            for (int i = 0; i < entries.size(); i++) {
                ItemLogEntry wire =
                        ItemLogEntry.parseFrom(log.read(i + 1, 1, 1).getFirst().bytes());
                assertEquals(
                        new ItemChange(
                                i + 1, entries.get(i).item(), entries.get(i).change()),
                        ItemsFromWire.entry(wire));
                assertEquals(NOW, WireTimes.instant("time", wire.getTime()));
                assertEquals(0, wire.getUnknownFields().getSerializedSize(), "every field is the contract's");
            }
        }
    }

    @Test
    void a_value_without_a_kind_and_a_column_given_twice_are_refused() {
        assertRefused(
                Item.newBuilder().putColumns("mood", FeatureValue.getDefaultInstance()), "item.columns[\"mood\"]");
        assertRefused(
                Item.newBuilder()
                        .setTitle("a")
                        .putColumns(
                                "title", FeatureValue.newBuilder().setText("b").build()),
                "item.columns[\"title\"]");
    }

    private static void assertRefused(Item.Builder item, String field) {
        CallerError refused = assertThrows(CallerError.class, () -> ItemsFromWire.upsert("item", item.build()));
        assertEquals(field, refused.field());
    }
}
