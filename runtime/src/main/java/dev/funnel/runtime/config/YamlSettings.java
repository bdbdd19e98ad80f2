package dev.funnel.runtime.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads YAML into {@link Setting}s that know their lines. One document, at most {@value #MAX_BYTES} bytes and
 * {@value #MAX_DEPTH} deep; repeated keys, anchors and aliases are refused.
 */
final class YamlSettings {
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_DEPTH = 32;

    private final String name;
    private final YAMLParser parser;

    private YamlSettings(String name, YAMLParser parser) {
        this.name = name;
        this.parser = parser;
    }

    static Setting.Section readFile(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new InvalidConfiguration(file + ": larger than " + MAX_BYTES + " bytes");
            }
            return section(read(file.toString(), Files.readString(file)), file.toString());
        } catch (NoSuchFileException e) {
            throw new InvalidConfiguration(file + ": there is no such file");
        } catch (IOException e) {
            throw new InvalidConfiguration(file + ": cannot be read: " + e);
        }
    }

    /** Reads a text; {@code name} stands for the file in messages. An empty text is an empty section. */
    static Setting read(String name, String text) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            YamlSettings reader = new YamlSettings(name, parser);
            if (parser.nextToken() == null) {
                return new Setting.Section(Map.of(), name);
            }
            Setting read = reader.value(0);
            if (parser.nextToken() != null) {
                throw new InvalidConfiguration(reader.origin() + ": a second document is not expected");
            }
            return read;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new InvalidConfiguration(name + ":" + line + ": not YAML: " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new InvalidConfiguration(name + ": cannot be read: " + e);
        }
    }

    private static Setting.Section section(Setting read, String name) {
        return switch (read) {
            case Setting.Section section -> section;
            case Setting.Scalar scalar when scalar.text() == null -> new Setting.Section(Map.of(), name);
            default -> throw new InvalidConfiguration(read.origin() + ": the file must hold keys, not " + read.shape());
        };
    }

    private Setting value(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new InvalidConfiguration(origin() + ": nested deeper than " + MAX_DEPTH);
        }
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw new InvalidConfiguration(origin() + ": anchors and aliases are not supported");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> entries(depth);
            case START_ARRAY -> items(depth);
            case VALUE_NULL -> new Setting.Scalar(null, null, origin());
            case VALUE_NUMBER_INT -> new Setting.Scalar(parser.getText(), whole(), origin());
            case VALUE_NUMBER_FLOAT -> new Setting.Scalar(parser.getText(), parser.getDoubleValue(), origin());
            case VALUE_TRUE, VALUE_FALSE -> new Setting.Scalar(parser.getText(), parser.getBooleanValue(), origin());
            default -> new Setting.Scalar(parser.getText(), origin());
        };
    }

    private Object whole() throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getDoubleValue()
                : (Object) parser.getLongValue();
    }

    private Setting entries(int depth) throws IOException {
        String origin = origin();
        Map<String, Setting> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String at = origin();
            parser.nextToken();
            if (entries.put(key, value(depth + 1)) != null) {
                throw new InvalidConfiguration(at + ": key \"" + key + "\" stands twice");
            }
        }
        return new Setting.Section(entries, origin);
    }

    private Setting items(int depth) throws IOException {
        String origin = origin();
        List<Setting> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(depth + 1));
        }
        return new Setting.Listing(items, origin);
    }

    private String origin() {
        return name + ":" + parser.currentTokenLocation().getLineNr();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
