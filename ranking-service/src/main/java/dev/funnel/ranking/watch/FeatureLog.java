package dev.funnel.ranking.watch;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.inference.feature.FeatureBlocks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes down what networks were given: a JSON line a request, with the numbers of every feature as the network took them. A feature that
 * all candidates share stands there once, as the list of its columns; any other has such a list for each of the items.
 */
final class FeatureLog {
    private static final JsonFactory JSON = new JsonFactory();

    private final FeatureLogSettings settings;

    FeatureLog(FeatureLogSettings settings) {
        this.settings = settings;
    }

    /** Appends a pool. */
    void write(RankedPool pool) throws IOException {
        byte[] line = line(pool);
        Path file = settings.file();
        if (Files.exists(file)
                && Files.size(file) + line.length > settings.mostBytes().bytes()) {
            Path before = file.resolveSibling(file.getFileName() + ".1");
            Files.move(file, before, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private byte[] line(RankedPool pool) throws IOException {
        int rows = Math.min(settings.mostCandidates(), pool.itemIds().size());
        FeatureBlocks blocks = pool.scoring().features(rows);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeNumberField("time_ms", pool.timeMillis());
            json.writeStringField("bundle", pool.bundleVersion());
            json.writeStringField("user", pool.userId());
            json.writeArrayFieldStart("items");
            for (String item : pool.itemIds().subList(0, rows)) {
                json.writeString(item);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("features");
            writeBlocks(pool, blocks, rows, json);
            json.writeEndObject();
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static void writeBlocks(RankedPool pool, FeatureBlocks blocks, int rows, JsonGenerator json)
            throws IOException {
        List<Block> declared = pool.schema().blocks();
        for (int block = 0; block < declared.size(); block++) {
            int column = 0;
            for (Feature feature : declared.get(block).features()) {
                int width = pool.schema().width(feature);
                json.writeArrayFieldStart(feature.name());
                if (blocks.oneRow(block)) {
                    writeRow(blocks, block, (long) column, width, json);
                } else {
                    for (int row = 0; row < rows; row++) {
                        json.writeStartArray();
                        writeRow(blocks, block, (long) row * blocks.width(block) + column, width, json);
                        json.writeEndArray();
                    }
                }
                json.writeEndArray();
                column += width;
            }
        }
    }

    private static void writeRow(FeatureBlocks blocks, int block, long at, int width, JsonGenerator json)
            throws IOException {
        for (int c = 0; c < width; c++) {
            switch (blocks.dtype(block)) {
                case FLOAT32 -> json.writeNumber(blocks.values(block).getAtIndex(ValueLayout.JAVA_FLOAT, at + c));
                case INT64 -> json.writeNumber(blocks.values(block).getAtIndex(ValueLayout.JAVA_LONG, at + c));
            }
        }
    }
}
