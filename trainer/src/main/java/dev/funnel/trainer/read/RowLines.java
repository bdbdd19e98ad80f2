package dev.funnel.trainer.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the line of a text file on which a row stands. DuckDB numbers the rows it accepts and gives the bytes at which it
 * rejects; lines inside quotes, empty lines and rejected rows make line numbers another thing, so the file is walked again.
 */
final class RowLines {

    private static final long HEADER = -1;

    /** Knows no line. */
    static final RowLines NONE = new RowLines(true, Set.of(), Set.of());

    private final boolean csv;
    private final NavigableSet<Long> rejectedAt;
    private final Set<Long> wanted;
    private final Map<Long, Long> lineOfRow = new HashMap<>();
    private final Map<Long, Long> lineOfByte = new HashMap<>();

    private long position;
    private long line = 1;
    private boolean quoted;
    private long recordLine = 1;
    private long recordStart;
    private boolean empty = true;
    private long lastEnd;
    private long accepted;

    private RowLines(boolean csv, Collection<Long> rows, Collection<Long> rejectedAt) {
        this.csv = csv;
        this.accepted = csv ? HEADER : 0;
        this.wanted = Set.copyOf(rows);
        this.rejectedAt = new TreeSet<>(rejectedAt);
    }

    /**
     * Walks a file.
     *
     * @param csv whether the first line is a header, quotes may hide line ends and empty lines are no rows
     * @param rows numbers of accepted rows, from 0
     * @param rejectedAt bytes, from 1, at which rows were rejected, or in the line ends before them
     */
    static RowLines find(Path file, boolean csv, Collection<Long> rows, Collection<Long> rejectedAt)
            throws IOException {
        RowLines lines = new RowLines(csv, rows, rejectedAt);
        try (InputStream in = CsvDialect.open(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    lines.take(buffer[i]);
                }
            }
        }
        lines.endRecord();
        return lines;
    }

    /** The line, from 1, of an accepted row that was asked for. */
    long lineOfRow(long row) {
        return lineOfRow.getOrDefault(row, -1L);
    }

    /** The line, from 1, of a rejected row. */
    long lineOfByte(long rejected) {
        return lineOfByte.getOrDefault(rejected, -1L);
    }

    private void take(byte b) {
        if (b == '"' && csv) {
            quoted = !quoted;
        }
        if (b == '\n') {
            line++;
        }
        if (b == '\n' && !quoted) {
            endRecord();
            recordLine = line;
            recordStart = position + 1;
            empty = true;
        } else if (b != '\r') {
            empty = false;
        }
        position++;
    }

    private void endRecord() {
        if (empty && csv) {
            return;
        }
        NavigableSet<Long> rejections = rejectedAt.subSet(lastEnd + 1, true, recordStart + 1, true);
        if (rejections.isEmpty()) {
            long row = accepted++;
            if (wanted.contains(row)) {
                lineOfRow.put(row, recordLine);
            }
        }
        rejections.forEach(rejected -> lineOfByte.put(rejected, recordLine));
        lastEnd = position;
    }
}
