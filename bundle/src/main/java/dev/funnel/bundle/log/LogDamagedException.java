package dev.funnel.bundle.log;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A log file holds bytes that were never written to it, at a place that was acknowledged: nothing is repaired, because entries would
 * be lost without a word. Carries the file and the offset.
 */
public final class LogDamagedException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Path file;
    private final long offset;

    LogDamagedException(Path file, long offset, String reason) {
        super(file + " is damaged at offset " + offset + ": " + reason);
        this.file = file;
        this.offset = offset;
    }

    /** The file that is damaged. */
    public Path file() {
        return file;
    }

    /** Where in the file, in bytes. */
    public long offset() {
        return offset;
    }
}
