package dev.funnel.trainer.evaluate;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** A gzip-compressed file of lines of tab-separated fields, read once from its start; errors name the file and the line. */
final class NcfFile implements AutoCloseable {

    private static final int LONGEST_LINE = 65_536;

    /** One more than the largest user or item number; dense tables of this size still fit a small machine. */
    private static final int NUMBERS = 10_000_000;

    private final Path path;
    private final BufferedReader reader;
    private int line;

    private NcfFile(Path path, BufferedReader reader) {
        this.path = path;
        this.reader = reader;
    }

    static NcfFile open(Path path) throws IOException {
        try {
            GZIPInputStream unzipped = new GZIPInputStream(Files.newInputStream(path), 1 << 16);
            return new NcfFile(path, new BufferedReader(new InputStreamReader(unzipped, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            throw new IOException(
                    path + " is missing; the NCF split has ml-1m.train.rating.gz, ml-1m.test.rating.gz and"
                            + " ml-1m.test.negative.gz in one folder",
                    e);
        } catch (ZipException | EOFException e) {
            throw new IOException(path + " is not a gzip file", e);
        }
    }

    /** The fields of the next line, or null at the end. */
    String @Nullable [] next() throws IOException {
        line++;
        try {
            String text = readLine();
            return text == null ? null : text.split("\t", -1);
        } catch (ZipException | EOFException e) {
            throw broken("the file is truncated or damaged here: " + e.getMessage());
        }
    }

    /** A field as a user or item number. */
    int number(String name, String field) throws NcfFormatException {
        try {
            int value = Integer.parseInt(field);
            if (value >= 0 && value < NUMBERS) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as for a number out of range.
        }
        throw broken(name + " is \"" + field.substring(0, Math.min(40, field.length()))
                + "\", must be a number from 0 to " + (NUMBERS - 1));
    }

    /** An error at the current line. */
    NcfFormatException broken(String rule) {
        return new NcfFormatException(path, line, rule);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private @Nullable String readLine() throws IOException {
        StringBuilder text = new StringBuilder();
        int next = reader.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = reader.read()) {
            if (text.length() == LONGEST_LINE) {
                throw broken("the line is longer than " + LONGEST_LINE + " characters");
            }
            text.append((char) next);
        }
        return text.toString();
    }
}
