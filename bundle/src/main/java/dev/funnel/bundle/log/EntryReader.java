package dev.funnel.bundle.log;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.funnel.bundle.ItemId;
import dev.funnel.bundle.UserId;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what {@link EntryWriter} wrote; fields that it does not know are skipped, as the contract allows more to come. */
final class EntryReader {
    private long position;
    private Instant accepted = Instant.EPOCH;
    private @Nullable String itemId;
    private final Map<String, ColumnValue> values = new TreeMap<>();
    private final Map<String, ColumnValue.Vector> vectors = new TreeMap<>();
    private final List<String> categories = new ArrayList<>();
    private final List<UserId> watchers = new ArrayList<>();
    private boolean upsert;

    private EntryReader() {}

    /** @throws IllegalArgumentException if the bytes are no entry */
    static LogEntry read(byte[] bytes) {
        EntryReader reader = new EntryReader();
        try {
            reader.readEntry(CodedInputStream.newInstance(bytes));
        } catch (IOException e) {
            throw new IllegalArgumentException("the bytes are no ItemLogEntry: " + e.getMessage(), e);
        }
        return reader.entry();
    }

    private LogEntry entry() {
        if (itemId == null) {
            throw new IllegalArgumentException("entry " + position + " names no item");
        }
        if (!categories.isEmpty()) {
            values.put("categories", new ColumnValue.Texts(categories));
        }
        ItemChange.Change change = upsert ? new Upsert(values, vectors, watchers) : new ItemChange.Remove();
        return new LogEntry(new ItemChange(position, new ItemId(itemId), change), accepted);
    }

    private void readEntry(CodedInputStream in) throws IOException {
        fields(in, field -> {
            switch (field) {
                case EntryFields.POSITION -> position = in.readUInt64();
                case EntryFields.TIME -> accepted = time(in);
                case EntryFields.UPSERT -> {
                    upsert = true;
                    submessage(in, () -> readItem(in));
                }
                case EntryFields.REMOVE_ITEM_ID -> itemId = in.readString();
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    private void readItem(CodedInputStream in) throws IOException {
        fields(in, field -> {
            switch (field) {
                case EntryFields.ITEM_ID -> itemId = in.readString();
                case EntryFields.CATEGORIES -> categories.add(in.readString());
                case EntryFields.COLUMNS -> readMapEntry(in, name -> values.put(name, value(in)));
                case EntryFields.TIMES -> readMapEntry(in, name -> values.put(name, instant(in)));
                case EntryFields.VECTORS -> readMapEntry(in, name -> vectors.put(name, vector(in)));
                case EntryFields.WATCHED_BY -> watchers.add(new UserId(in.readString()));
                default -> {
                    String column = EntryFields.column(field).orElse(null);
                    if (column == null) {
                        return false;
                    }
                    values.put(column, standard(field, in));
                }
            }
            return true;
        });
    }

    private static ColumnValue standard(int field, CodedInputStream in) throws IOException {
        if (EntryFields.isTime(field)) {
            return new ColumnValue.Time(time(in).toEpochMilli());
        }
        return switch (field) {
            case EntryFields.DURATION_SECONDS -> new ColumnValue.Number(in.readDouble());
            case EntryFields.MATURITY -> new ColumnValue.Number(in.readUInt32());
            default -> new ColumnValue.Text(in.readString());
        };
    }

    private static ColumnValue value(CodedInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        ColumnValue[] single = new ColumnValue[1];
        fields(in, field -> {
            switch (field) {
                case EntryFields.VALUE_TEXT -> single[0] = new ColumnValue.Text(in.readString());
                case EntryFields.VALUE_NUMBER -> single[0] = new ColumnValue.Number(in.readDouble());
                case EntryFields.VALUE_TEXTS -> submessage(in, () -> readTexts(in, texts));
                default -> {
                    return false;
                }
            }
            return true;
        });
        return single[0] == null ? new ColumnValue.Texts(texts) : single[0];
    }

    private static void readTexts(CodedInputStream in, List<String> into) throws IOException {
        fields(in, field -> field == EntryFields.LIST_VALUES && into.add(in.readString()));
    }

    private static ColumnValue.Vector vector(CodedInputStream in) throws IOException {
        List<Float> values = new ArrayList<>();
        fields(in, field -> {
            if (field == EntryFields.LIST_VALUES) {
                int limit = in.pushLimit(in.readRawVarint32());
                while (!in.isAtEnd()) {
                    values.add(in.readFloat());
                }
                in.popLimit(limit);
            }
            return field == EntryFields.LIST_VALUES;
        });
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return new ColumnValue.Vector(floats);
    }

    private static ColumnValue instant(CodedInputStream in) throws IOException {
        long[] seconds = {0, 0};
        readTime(in, seconds);
        return new ColumnValue.Time(
                Instant.ofEpochSecond(seconds[0], seconds[1]).toEpochMilli());
    }

    private static Instant time(CodedInputStream in) throws IOException {
        long[] seconds = {0, 0};
        submessage(in, () -> readTime(in, seconds));
        return Instant.ofEpochSecond(seconds[0], seconds[1]);
    }

    private static void readTime(CodedInputStream in, long[] secondsAndNanos) throws IOException {
        fields(in, field -> {
            switch (field) {
                case EntryFields.SECONDS -> secondsAndNanos[0] = in.readInt64();
                case EntryFields.NANOS -> secondsAndNanos[1] = in.readInt32();
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    /** A map's entry: its key stands before its value, as every writer of protobuf has it. */
    private static void readMapEntry(CodedInputStream in, NamedBody value) throws IOException {
        String[] key = {""};
        submessage(
                in,
                () -> fields(in, field -> {
                    switch (field) {
                        case EntryFields.MAP_KEY -> key[0] = in.readString();
                        case EntryFields.MAP_VALUE -> submessage(in, () -> value.read(key[0]));
                        default -> {
                            return false;
                        }
                    }
                    return true;
                }));
    }

    private static void submessage(CodedInputStream in, Body body) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        body.read();
        in.checkLastTagWas(0);
        in.popLimit(limit);
    }

    private static void fields(CodedInputStream in, Field reader) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (!reader.read(WireFormat.getTagFieldNumber(tag))) {
                in.skipField(tag);
            }
        }
    }

    /** Reads a field, or says false if it does not know it. */
    @FunctionalInterface
    private interface Field {
        boolean read(int number) throws IOException;
    }

    @FunctionalInterface
    private interface Body {
        void read() throws IOException;
    }

    @FunctionalInterface
    private interface NamedBody {
        void read(String key) throws IOException;
    }
}
