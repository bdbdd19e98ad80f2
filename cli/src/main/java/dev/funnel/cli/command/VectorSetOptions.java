package dev.funnel.cli.command;

import dev.funnel.benchmarks.retrieval.VectorSet;
import dev.funnel.benchmarks.retrieval.VectorSets;
import dev.funnel.cli.UsageException;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which vectors are searched. */
final class VectorSetOptions {

    private static final Pattern SYNTHETIC = Pattern.compile("(\\d{1,9}),(\\d{1,5}),(-?\\d{1,18})");

    @Option(names = "--base", paramLabel = "FILE", description = "the items, fvecs")
    private @Nullable Path base;

    @Option(names = "--queries", paramLabel = "FILE", description = "the queries, fvecs")
    private @Nullable Path queries;

    @Option(names = "--truth", paramLabel = "FILE", description = "per query the exact answers, best first, ivecs")
    private @Nullable Path truth;

    @Option(
            names = "--synthetic",
            paramLabel = "N,D,SEED",
            description = "instead: N items of D dimensions, clustered, of skewed length, and users as mixtures")
    private @Nullable String synthetic;

    @Option(
            names = "--synthetic-queries",
            paramLabel = "N",
            defaultValue = "1000",
            description = "how many users with --synthetic (default: ${DEFAULT-VALUE})")
    private int users;

    VectorSet read(Similarity similarity, int k, int threads, Progress progress) throws IOException {
        if (synthetic != null) {
            Options.require(
                    base == null && queries == null && truth == null,
                    "--synthetic",
                    synthetic,
                    "excludes --base, --queries and --truth");
            Options.between("--synthetic-queries", users, 1, 1_000_000);
            Matcher parts = SYNTHETIC.matcher(synthetic);
            Options.require(parts.matches(), "--synthetic", synthetic, "must be N,D,SEED: three whole numbers");
            int items = Integer.parseInt(parts.group(1));
            int dimensions = Integer.parseInt(parts.group(2));
            Options.between("--synthetic N", items, 1, 100_000_000);
            Options.between("--synthetic D", dimensions, 1, 4_096);
            return VectorSets.synthetic(
                    items, dimensions, Long.parseLong(parts.group(3)), users, similarity, k, threads, progress);
        }
        if (base == null || queries == null) {
            throw new UsageException("--base, --queries", "", "must both be given, or --synthetic N,D,SEED");
        }
        for (Path file : truth == null ? List.of(base, queries) : List.of(base, queries, truth)) {
            Options.require(Files.isRegularFile(file), "vector file", file, "is not a file");
        }
        return VectorSets.read(base, queries, truth, similarity, k, threads, progress);
    }
}
