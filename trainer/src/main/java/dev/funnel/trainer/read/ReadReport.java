package dev.funnel.trainer.read;

import java.util.List;
import java.util.stream.Collectors;

/** What was found in all input files. */
public record ReadReport(List<FileReport> files) {

    public long badRows() {
        return files.stream().mapToLong(FileReport::badRows).sum();
    }

    /** The report as lines of text. */
    public String text() {
        return files.stream().map(FileReport::text).collect(Collectors.joining());
    }
}
