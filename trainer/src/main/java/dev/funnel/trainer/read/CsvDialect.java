package dev.funnel.trainer.read;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * What the first line of a CSV file tells: its columns, and the separator, which is the one of comma, semicolon, tab and bar
 * that stands in it most often. Quotes are double quotes, doubled inside (RFC 4180); the text is UTF-8.
 */
record CsvDialect(char separator, List<String> columns) {

    private static final int LONGEST_HEADER_BYTES = 1 << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    static CsvDialect of(Path file) throws IOException {
        String header = firstLine(file);
        if (header.isBlank()) {
            throw new InputRefusedException(file, "the first line is empty, it must name the columns");
        }
        char separator = separator(header);
        List<String> columns = fields(header, separator);
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (column.isBlank() || !seen.add(column)) {
                throw new InputRefusedException(
                        file, "the first line names column '%s' twice or not at all: %s".formatted(column, columns));
            }
        }
        return new CsvDialect(separator, columns);
    }

    /** The bytes of a file that may be compressed. */
    static InputStream open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        if (!file.getFileName().toString().toLowerCase(java.util.Locale.ROOT).endsWith(".gz")) {
            return bytes;
        }
        try {
            return new BufferedInputStream(new GZIPInputStream(bytes, 1 << 16), 1 << 16);
        } catch (IOException e) {
            bytes.close();
            throw new InputRefusedException(file, "is not gzip: " + e.getMessage(), e);
        }
    }

    private static String firstLine(Path file) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = open(file)) {
            for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
                if (line.size() == LONGEST_HEADER_BYTES) {
                    throw new InputRefusedException(file, "the first line is longer than 1 MiB");
                }
                line.write(b);
            }
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1);
    }

    private static char separator(String header) {
        char best = ',';
        for (char candidate : new char[] {';', '\t', '|'}) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private static List<String> fields(String header, char separator) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (char c : header.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString().strip());
        return fields;
    }
}
