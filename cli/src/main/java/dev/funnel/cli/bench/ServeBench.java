package dev.funnel.cli.bench;

import dev.funnel.benchmarks.load.Lag;
import dev.funnel.benchmarks.load.Load;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.console.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ways to measure a whole funnel. Each part is shown as soon as it is measured. */
public final class ServeBench {

    private static final double STEP = 1.25;
    private static final double KEEPS_UP = 0.9;
    private static final int MOST_STEPS = 20;

    private final ServePlan plan;
    private final Path folder;
    private final Console console;

    /** @param folder for configuration files and logs */
    public ServeBench(ServePlan plan, Path folder, Console console) {
        this.plan = plan;
        this.folder = folder;
        this.console = console;
    }

    /** At each rate in turn: the funnel, then empty hops. */
    public void atRates(List<Double> rates) throws IOException, InterruptedException, BundleRefusedException {
        try (FunnelUnderTest funnel = start();
                Floor floor = Floor.start(plan, folder, console.progress())) {
            for (double rate : rates) {
                Measured measured = show("load", funnel.measure(at(rate), console.progress(), "loading"));
                showRatio(measured, show("floor", floor.measure(at(rate), console.progress())));
                requirePunctual(measured.lag());
            }
        }
    }

    /** Raises the rate until complete answers a second rise no more. */
    public Measured findPeak() throws IOException, InterruptedException, BundleRefusedException {
        try (FunnelUnderTest funnel = start()) {
            Measured best = show("step", funnel.measure(plan.load(), console.progress(), "loading"));
            Measured last = best;
            for (int step = 1; step < MOST_STEPS && keepsUp(last); step++) {
                last = show(
                        "step",
                        funnel.measure(at(last.load().ratePerSecond() * STEP), console.progress(), "loading more"));
                best = last.goodput() > best.goodput() ? last : best;
            }
            return show("peak", best);
        }
    }

    /**
     * At three times the peak, with admission as configured and without it: goodput beside the peak, time of the admitted beside that at half
     * the peak.
     */
    public void overload(double times) throws IOException, InterruptedException, BundleRefusedException {
        Measured peak = findPeak();
        Load tooMuch = at(times * peak.load().ratePerSecond());
        Measured quiet;
        Measured admitted;
        try (FunnelUnderTest funnel = start()) {
            quiet = show(
                    "quiet", funnel.measure(at(peak.load().ratePerSecond() / 2), console.progress(), "half the peak"));
            admitted = show("admission", funnel.measure(tooMuch, console.progress(), "overload"));
        }
        ServePlan without = plan.with(Admission.OFF);
        Measured unbounded;
        try (FunnelUnderTest funnel = FunnelUnderTest.start(without, plan.bundles(), folder, console.progress())) {
            unbounded = show("no_admission", funnel.measure(tooMuch, console.progress(), "overload without admission"));
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("bench", "serve");
        object.put("part", "overload");
        object.put("times", times);
        object.put("goodput_of_peak", Measured.rounded(admitted.goodput() / peak.goodput()));
        object.put("goodput_of_peak_without", Measured.rounded(unbounded.goodput() / peak.goodput()));
        object.put("p99_of_quiet", ratio(admitted, quiet, .99));
        object.put("p99_of_quiet_without", ratio(unbounded, quiet, .99));
        console.object(object);
        console.line(
                "at %.1f times the peak: goodput %.2f of the peak (%.2f without admission), p99 %.1f times the quiet one (%.1f)"
                        .formatted(
                                times,
                                admitted.goodput() / peak.goodput(),
                                unbounded.goodput() / peak.goodput(),
                                ratio(admitted, quiet, .99),
                                ratio(unbounded, quiet, .99)));
    }

    /** While new bundle versions are published: times during swaps beside those between them, and what the processes hold. */
    public void swapping(Duration every) throws IOException, InterruptedException, BundleRefusedException {
        Path root = folder.resolve("bundles");
        BundleCopies copies = BundleCopies.of(plan.bundles(), plan.name(), root);
        var _ = copies.publish();
        try (FunnelUnderTest funnel = FunnelUnderTest.start(plan, root, folder, console.progress());
                Swaps swaps = Swaps.start(copies, funnel, every)) {
            Measured quiet = funnel.measure(
                    plan.load(), swaps.quiet(), swaps::tally, console.progress(), "loading while bundles are swapped");
            swaps.stop();
            Measured during = new Measured(quiet.load(), swaps.during(), quiet.lag(), Map.of());
            show("between_swaps", quiet);
            show("during_swaps", during);
            showSwaps(swaps, ratio(during, quiet, .99));
            requireNoneFailed(quiet.tally().failed() + during.tally().failed());
            requirePunctual(quiet.lag());
        }
    }

    /** While something is done to a stage: no request may fail. */
    public void under(Chaos chaos) throws IOException, InterruptedException, BundleRefusedException {
        try (FunnelUnderTest funnel = start()) {
            LocalCluster cluster = funnel.cluster().orElseThrow();
            Measured measured;
            try (Chaos.Doing doing = chaos.begin(cluster)) {
                measured = funnel.measure(plan.load(), console.progress(), "loading while " + chaos);
                doing.end();
            }
            requireNoneFailed(show(chaos.toString(), measured).tally().failed());
            requirePunctual(measured.lag());
        }
    }

    private void showSwaps(Swaps swaps, double ratio) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("bench", "serve");
        object.put("part", "swaps");
        object.put("swaps", swaps.count());
        object.put("p99_ratio", ratio);
        object.put("fifth", swaps.fifth());
        object.put("last", swaps.last());
        console.object(object);
        console.line("%d swaps: p99 during them is %.2f times that between them".formatted(swaps.count(), ratio));
        swaps.last()
                .forEach((process, figures) -> console.line("  %-10s after the 5th swap %s, after the last %s"
                        .formatted(process, swaps.fifth().get(process), figures)));
    }

    private static void requireNoneFailed(long failed) throws IOException {
        if (failed > 0) {
            throw new IOException("%,d requests failed; none may".formatted(failed));
        }
    }

    private FunnelUnderTest start() throws IOException, InterruptedException, BundleRefusedException {
        return FunnelUnderTest.start(plan, plan.bundles(), folder, console.progress());
    }

    private Load at(double rate) {
        Load usual = plan.load();
        return new Load(usual.arrivals(), rate, usual.length(), usual.seed());
    }

    private static boolean keepsUp(Measured measured) {
        return measured.goodput() >= KEEPS_UP * measured.load().ratePerSecond();
    }

    private Measured show(String part, Measured measured) {
        console.object(measured.json(part));
        console.line(measured.line(part));
        if (!measured.cpuMillis().isEmpty()) {
            console.line("  processor time of a request, ms: " + measured.cpuMillis());
        }
        return measured;
    }

    private void showRatio(Measured measured, Measured floor) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("bench", "serve");
        object.put("part", "ratio");
        object.put("rate", measured.load().ratePerSecond());
        for (double share : List.of(.5, .9, .99)) {
            object.put("p%.0f".formatted(share * 100), ratio(measured, floor, share));
        }
        console.object(object);
        console.line("funnel over empty hops: p50 %.2f, p90 %.2f, p99 %.2f"
                .formatted(ratio(measured, floor, .5), ratio(measured, floor, .9), ratio(measured, floor, .99)));
    }

    private static double ratio(Measured measured, Measured floor, double share) {
        return Measured.rounded(measured.tally().millis(share) / floor.tally().millis(share));
    }

    private static void requirePunctual(Lag lag) throws IOException {
        if (lag.tooMuch()) {
            throw new IOException(
                    "the driver was late: of %,d requests 1 %% were sent more than %.1f ms after they were due (at most %.0f ms is fair), %,d not at all; the figures are not those of the rate asked for"
                            .formatted(lag.sent(), lag.p99Millis(), Lag.MOST_MILLIS, lag.unsent()));
        }
    }
}
