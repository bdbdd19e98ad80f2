package dev.funnel.bundle.log;

import com.google.protobuf.CodedOutputStream;
import dev.funnel.bundle.UserId;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/**
 * Writes an entry as the message {@code funnel.gateway.v1.ItemLogEntry} of the contract, field by field, so that log files can be read
 * with the contract's {@code .proto} files in any language while this module needs none of its generated classes.
 */
final class EntryWriter {
    private EntryWriter() {}

    static byte[] write(LogEntry entry) {
        return message(out -> {
            out.writeUInt64(EntryFields.POSITION, entry.position());
            submessage(out, EntryFields.TIME, time -> writeTime(time, entry.accepted()));
            String itemId = entry.change().item().value();
            switch (entry.change().change()) {
                case Upsert upsert -> submessage(out, EntryFields.UPSERT, item -> writeItem(item, itemId, upsert));
                case ItemChange.Remove() -> out.writeString(EntryFields.REMOVE_ITEM_ID, itemId);
            }
        });
    }

    private static void writeItem(CodedOutputStream out, String itemId, Upsert upsert) throws IOException {
        out.writeString(EntryFields.ITEM_ID, itemId);
        for (Map.Entry<String, ColumnValue> value : upsert.values().entrySet()) {
            Integer field = EntryFields.STANDARD.get(value.getKey());
            if (field == null || !writeStandard(out, field, value.getValue())) {
                writeFurther(out, value.getKey(), value.getValue());
            }
        }
        for (Map.Entry<String, ColumnValue.Vector> vector : upsert.vectors().entrySet()) {
            writeMapEntry(out, EntryFields.VECTORS, vector.getKey(), value -> writeFloats(value, vector.getValue()));
        }
        for (UserId watcher : upsert.watchedBy()) {
            out.writeString(EntryFields.WATCHED_BY, watcher.value());
        }
    }

    /** A standard column in the field of its own; false if the value is not of the kind that the field holds. */
    private static boolean writeStandard(CodedOutputStream out, int field, ColumnValue value) throws IOException {
        switch (value) {
            case ColumnValue.Text(String text) when EntryFields.isText(field) -> out.writeString(field, text);
            case ColumnValue.Texts texts
            when field == EntryFields.CATEGORIES -> {
                for (String category : texts.values()) {
                    out.writeString(field, category);
                }
            }
            case ColumnValue.Time(long millis)
            when EntryFields.isTime(field) ->
                submessage(out, field, time -> writeTime(time, Instant.ofEpochMilli(millis)));
            case ColumnValue.Number(double number)
            when field == EntryFields.DURATION_SECONDS -> out.writeDouble(field, number);
            case ColumnValue.Number(double number)
            when field == EntryFields.MATURITY && isUnsigned(number) -> out.writeUInt32(field, (int) number);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnsigned(double number) {
        return number == Math.rint(number) && number >= 0 && number <= Integer.MAX_VALUE;
    }

    private static void writeFurther(CodedOutputStream out, String name, ColumnValue value) throws IOException {
        switch (value) {
            case ColumnValue.Time(long millis) ->
                writeMapEntry(out, EntryFields.TIMES, name, time -> writeTime(time, Instant.ofEpochMilli(millis)));
            case ColumnValue.Text(String text) ->
                writeMapEntry(out, EntryFields.COLUMNS, name, of -> of.writeString(EntryFields.VALUE_TEXT, text));
            case ColumnValue.Number(double number) ->
                writeMapEntry(out, EntryFields.COLUMNS, name, of -> of.writeDouble(EntryFields.VALUE_NUMBER, number));
            case ColumnValue.Texts texts ->
                writeMapEntry(
                        out,
                        EntryFields.COLUMNS,
                        name,
                        of -> submessage(of, EntryFields.VALUE_TEXTS, list -> writeTexts(list, texts)));
            case ColumnValue.Vector vector ->
                throw new IllegalArgumentException(
                        "column " + name + " is given a vector, columns hold none: " + vector);
        }
    }

    private static void writeTexts(CodedOutputStream out, ColumnValue.Texts texts) throws IOException {
        for (String text : texts.values()) {
            out.writeString(EntryFields.LIST_VALUES, text);
        }
    }

    private static void writeFloats(CodedOutputStream out, ColumnValue.Vector vector) throws IOException {
        out.writeTag(EntryFields.LIST_VALUES, com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(vector.values().length * Float.BYTES);
        for (float value : vector.values()) {
            out.writeFloatNoTag(value);
        }
    }

    private static void writeTime(CodedOutputStream out, Instant time) throws IOException {
        out.writeInt64(EntryFields.SECONDS, time.getEpochSecond());
        out.writeInt32(EntryFields.NANOS, time.getNano());
    }

    private static void writeMapEntry(CodedOutputStream out, int field, String key, Body value) throws IOException {
        submessage(out, field, entry -> {
            entry.writeString(EntryFields.MAP_KEY, key);
            submessage(entry, EntryFields.MAP_VALUE, value);
        });
    }

    private static void submessage(CodedOutputStream out, int field, Body body) throws IOException {
        out.writeByteArray(field, message(body));
    }

    private static byte[] message(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, 256);
        try {
            body.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /** What a message is made of. */
    @FunctionalInterface
    private interface Body {
        void write(CodedOutputStream out) throws IOException;
    }
}
