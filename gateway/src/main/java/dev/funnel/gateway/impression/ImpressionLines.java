package dev.funnel.gateway.impression;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A slate as JSON lines, one per item, with the columns of the trainer's impressions table; what is unknown is left out. */
final class ImpressionLines {
    private static final JsonFactory JSON = new JsonFactory();

    private ImpressionLines() {}

    static byte[] of(ShownSlate slate) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(256 * slate.items().size());
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.setRootValueSeparator(null);
            for (ShownSlate.ShownItem item : slate.items()) {
                writeLine(json, slate, item);
                json.writeRaw('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void writeLine(JsonGenerator json, ShownSlate slate, ShownSlate.ShownItem item) throws IOException {
        json.writeStartObject();
        json.writeStringField("request_id", slate.requestId());
        writeKnown(json, "user_id", slate.userId());
        json.writeStringField("item_id", item.itemId());
        json.writeStringField("at", slate.at().toString());
        json.writeNumberField("position", item.position());
        writeKnown(json, "country", slate.country());
        writeKnown(json, "language", slate.language());
        writeKnown(json, "device", slate.device());
        writeSources(json, item.sources(), item.sourceScores());
        if (item.propensity() > 0) {
            json.writeNumberField("propensity", item.propensity());
        }
        writeKnown(json, "team", item.team());
        json.writeStringField("bundle_version", slate.bundleVersion());
        json.writeEndObject();
    }

    private static void writeKnown(JsonGenerator json, String column, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(column, value);
        }
    }

    private static void writeSources(JsonGenerator json, List<String> sources, List<Float> scores) throws IOException {
        json.writeArrayFieldStart("sources");
        for (String source : sources) {
            json.writeString(source);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("source_scores");
        for (float score : scores) {
            json.writeNumber(score);
        }
        json.writeEndArray();
    }
}
