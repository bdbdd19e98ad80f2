package dev.funnel.cli.bench;

import dev.funnel.benchmarks.load.Footprint;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.cli.console.Console;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * New bundle versions are published while a funnel is under load: no request fails, times during swaps are near those between them, and
 * processes hold after the last what they held after the fifth.
 */
public final class SwapBench {

    private static final double MOST_P99 = 1.25;

    private final ServePlan plan;
    private final Path folder;
    private final Report report;
    private final Progress progress;

    /** @param folder for bundles, configuration files and logs */
    public SwapBench(ServePlan plan, Path folder, Console console) {
        this.plan = plan;
        this.folder = folder;
        this.report = new Report(console);
        this.progress = console.progress();
    }

    /** @param chaos what is done to a stage meanwhile; absent: nothing */
    public void run(Duration every, @Nullable Chaos chaos)
            throws IOException, InterruptedException, BundleRefusedException {
        Path root = folder.resolve("bundles");
        BundleCopies copies = BundleCopies.of(plan.bundles(), plan.name(), root);
        var _ = copies.publish();
        try (FunnelUnderTest funnel = FunnelUnderTest.start(plan, root, folder, progress);
                Swaps swaps = Swaps.start(copies, funnel, every)) {
            Measured quiet = measure(funnel, swaps, chaos);
            swaps.stop();
            Measured during = new Measured(quiet.load(), swaps.during(), quiet.lag(), Map.of());
            report.show("between_swaps", quiet);
            report.show("during_swaps", during);
            report.show(
                    "swaps",
                    Map.of("swaps", swaps.count(), "p99_ratio", Report.ratio(during, quiet, .99)),
                    swaps.count() + " swaps");
            report.promiseP99("p99 during swaps over p99 between them", during, quiet, MOST_P99);
            showGrowth(swaps, funnel);
            Report.requireNoneFailed(quiet.tally().failed()
                    + during.tally().failed()
                    + swaps.aside().failed());
            Report.requirePunctual(quiet.lag());
            report.requireKept();
        }
    }

    private Measured measure(FunnelUnderTest funnel, Swaps swaps, @Nullable Chaos chaos)
            throws IOException, InterruptedException {
        String what = "loading while bundles are swapped" + (chaos == null ? "" : " and " + chaos);
        try (Chaos.Doing doing =
                chaos == null ? null : chaos.begin(funnel.cluster().orElseThrow())) {
            Measured quiet = funnel.measure(plan.load(), swaps.quiet(), swaps::tally, progress, what);
            if (doing != null) {
                doing.end();
            }
            return quiet;
        }
    }

    private void showGrowth(Swaps swaps, FunnelUnderTest funnel) throws IOException, InterruptedException {
        if (swaps.count() > Swaps.FIFTH) {
            Map<String, Footprint> last = funnel.footprints();
            swaps.fifth()
                    .forEach((process, early) ->
                            new Growth(process, early, last.getOrDefault(process, early)).show(report));
        }
    }
}
