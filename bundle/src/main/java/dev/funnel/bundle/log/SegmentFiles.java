package dev.funnel.bundle.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The segments of a folder, in order of position. */
final class SegmentFiles {
    private SegmentFiles() {}

    static List<Path> of(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> SegmentHeader.position(file).isPresent())
                    .sorted(Comparator.comparingLong(
                            file -> SegmentHeader.position(file).orElseThrow()))
                    .toList();
        }
    }
}
