package dev.funnel.ranking;

import dev.funnel.inference.RankerSettings;
import dev.funnel.inference.engine.EngineChoice;
import dev.funnel.inference.objective.InvalidObjectiveException;
import dev.funnel.inference.objective.Objective;
import dev.funnel.ranking.grpc.RemoteSettings;
import dev.funnel.ranking.watch.FeatureLogSettings;
import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.grpc.ServerSettings;
import dev.funnel.runtime.live.LiveItemSettings;
import dev.funnel.runtime.log.ItemLogSettings;
import dev.funnel.runtime.telemetry.MetricsSettings;
import dev.funnel.runtime.telemetry.TelemetrySettings;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of a ranking process.
 *
 * @param server where it listens
 * @param metrics where it shows its metrics; absent: nowhere
 * @param telemetry what it tells of single requests; absent: nothing
 * @param bundles where its bundle is
 * @param itemLog where it follows the log of items changed between bundles; absent: items change with the bundle only
 * @param liveItems how much it remembers of that log
 * @param computeThreads threads that score, 0 is one per processor and one more, or as many as a remote's calls in flight; at most 1024
 * @param computeQueue parts of requests that may wait for such a thread, 1 to 100,000; more are shed
 * @param partSize pools larger than this are scored in parts of about this size, side by side; 64 to 10,000 candidates
 * @param engine what runs the bundle's network: auto, the fastest of those that run it, measured when a bundle is loaded; or one of them
 * @param projection what is computed ahead of items
 * @param remote a server of the Open Inference Protocol v2 that runs the network; absent: it runs here
 * @param objectives formulas over the heads that requests may name as the score, beside those of the bundle; at most 64
 * @param featuresWatchedOneIn of so many requests one is looked at for features that are missing; 0: none; at most 1,000,000
 * @param featureLog where it writes down what the network was given; absent: nowhere
 */
public record RankingConfiguration(
        ServerSettings server,
        @Nullable MetricsSettings metrics,
        @Default("{}") TelemetrySettings telemetry,
        @Default("{}") BundleSettings bundles,
        @Nullable ItemLogSettings itemLog,
        @Default("{}") LiveItemSettings liveItems,
        @Default("0") int computeThreads,
        @Default("256") int computeQueue,
        @Default("512") int partSize,
        @Default("auto") EngineChoice.Setting engine,
        @Default("{}") ProjectionSettings projection,
        @Nullable RemoteSettings remote,
        @Default("{}") Map<String, String> objectives,
        @Default("64") int featuresWatchedOneIn,
        @Nullable FeatureLogSettings featureLog) {
    private static final int MOST_OBJECTIVES = 64;
    private static final Pattern OBJECTIVE_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    public RankingConfiguration {
        Rule.between("compute_threads", computeThreads, 0, 1024);
        Rule.between("compute_queue", computeQueue, 1, 100_000);
        Rule.between("part_size", partSize, 64, 10_000);
        Rule.between("features_watched_one_in", featuresWatchedOneIn, 0, 1_000_000);
        Rule.between("objectives", objectives.size(), 0, MOST_OBJECTIVES);
        objectives.forEach(RankingConfiguration::checkObjective);
    }

    /**
     * Items' shares of the network, computed once a bundle.
     *
     * @param budget memory for those of one bundle version, off the heap; two versions may be resident; 0B: none are kept
     */
    public record ProjectionSettings(@Default("512MiB") ByteSize budget) {}

    /** How a bundle's ranker is to be run. */
    RankerSettings ranker() {
        return new RankerSettings(engine, projection.budget().bytes());
    }

    private static void checkObjective(String name, String formula) {
        Rule.holds(
                OBJECTIVE_NAME.matcher(name).matches(),
                "objectives",
                "\"" + name + "\"",
                "must be [a-z][a-z0-9_-]*, at most 64 characters");
        try {
            Objective.requireFormula(formula);
        } catch (InvalidObjectiveException e) {
            throw new IllegalArgumentException("objectives." + name + ": " + e.getMessage(), e);
        }
    }

    /** Threads that score, resolved. */
    int threads() {
        if (computeThreads > 0) {
            return computeThreads;
        }
        return remote == null ? ArithmeticPool.usualSize() : remote.inFlight();
    }
}
