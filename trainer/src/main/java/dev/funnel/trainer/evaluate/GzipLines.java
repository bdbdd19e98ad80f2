package dev.funnel.trainer.evaluate;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** A gzip-compressed file of lines of fields, read once from its start; errors name the file and the line. */
public final class GzipLines implements AutoCloseable {

    private static final int LONGEST_LINE = 65_536;

    /** One more than the largest user or item number; dense tables of this size still fit a small machine. */
    private static final int NUMBERS = 10_000_000;

    private final Path path;
    private final BufferedReader reader;
    private final String separator;
    private int line;

    private GzipLines(Path path, BufferedReader reader, String separator) {
        this.path = path;
        this.reader = reader;
        this.separator = separator;
    }

    /** Opens a file in UTF-8, see {@link #open(Path, String, Charset, String)}. */
    public static GzipLines open(Path path, String separator, String belongs) throws IOException {
        return open(path, separator, StandardCharsets.UTF_8, belongs);
    }

    /**
     * Opens a file.
     *
     * @param separator of fields, as a regular expression
     * @param belongs what files the data set has, for whoever misses this one
     * @throws IOException naming the file, if it is missing or no gzip file
     */
    public static GzipLines open(Path path, String separator, Charset charset, String belongs) throws IOException {
        try {
            GZIPInputStream unzipped = new GZIPInputStream(Files.newInputStream(path), 1 << 16);
            BufferedReader reader = new BufferedReader(new InputStreamReader(unzipped, charset));
            return new GzipLines(path, reader, separator);
        } catch (NoSuchFileException e) {
            throw new IOException(path + " is missing; " + belongs, e);
        } catch (ZipException | EOFException e) {
            throw new IOException(path + " is not a gzip file", e);
        }
    }

    /** The fields of the next line, or null at the end. */
    public String @Nullable [] next() throws IOException {
        line++;
        try {
            String text = readLine();
            return text == null ? null : text.stripTrailing().split(separator, -1);
        } catch (ZipException | EOFException e) {
            throw broken("the file is truncated or damaged here: " + e.getMessage());
        }
    }

    /** A field as a user or item number. */
    public int number(String name, String field) throws DataFormatException {
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

    /** A field as a number with a fraction. */
    public float real(String name, String field) throws DataFormatException {
        try {
            float value = Float.parseFloat(field);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as for what is not finite.
        }
        throw broken(
                name + " is \"" + field.substring(0, Math.min(40, field.length())) + "\", must be a finite number");
    }

    /** Throws unless there are so many fields. */
    public void requireFields(String[] fields, int expected, String what) throws DataFormatException {
        if (fields.length != expected) {
            throw broken("has " + fields.length + " fields, must have " + expected + ": " + what);
        }
    }

    /** An error at the current line. */
    public DataFormatException broken(String rule) {
        return new DataFormatException(path, line, rule);
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
