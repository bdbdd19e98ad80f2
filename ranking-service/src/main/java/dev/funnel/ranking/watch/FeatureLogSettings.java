package dev.funnel.ranking.watch;

import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.nio.file.Path;

/**
 * Where and how much a process writes down of what its networks were given.
 *
 * @param file gets a JSON line a request; once it is full it becomes {@code <file>.1}, in place of the one before, and begins anew
 * @param oneIn of so many requests one is written, 1 to 1,000,000
 * @param mostCandidates the first so many candidates of a request are, 1 to 10,000
 * @param mostBytes after so many bytes the file is full, 1 MiB to 64 GiB
 */
public record FeatureLogSettings(
        Path file,
        @Default("1000") int oneIn,
        @Default("50") int mostCandidates,
        @Default("256MiB") ByteSize mostBytes) {
    public FeatureLogSettings {
        Rule.between("one_in", oneIn, 1, 1_000_000);
        Rule.between("most_candidates", mostCandidates, 1, 10_000);
        Rule.between("most_bytes", mostBytes.bytes(), 1L << 20, 64L << 30);
    }
}
