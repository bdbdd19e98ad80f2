package dev.funnel.cli.bench;

import dev.funnel.benchmarks.load.Load;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.console.Console;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ways to measure a whole funnel. Each part is shown as soon as it is measured. */
public final class ServeBench {

    private static final double STEP = 1.25;
    private static final double KEEPS_UP = 0.9;
    private static final int MOST_STEPS = 20;
    private static final double LEAST_GOODPUT = 0.8;
    private static final double MOST_P99 = 2;

    private final ServePlan plan;
    private final Path folder;
    private final Report report;
    private final Progress progress;

    /** @param folder for configuration files and logs */
    public ServeBench(ServePlan plan, Path folder, Console console) {
        this.plan = plan;
        this.folder = folder;
        this.report = new Report(console);
        this.progress = console.progress();
    }

    /** At each rate in turn: the funnel, then empty hops. */
    public void atRates(List<Double> rates) throws IOException, InterruptedException, BundleRefusedException {
        try (FunnelUnderTest funnel = start();
                Floor floor = Floor.start(plan, folder, progress)) {
            for (double rate : rates) {
                Measured measured = report.show("load", funnel.measure(at(rate), progress, "loading"));
                showRatio(measured, report.show("floor", floor.measure(at(rate), progress)));
                Report.requirePunctual(measured.lag());
            }
        }
    }

    /** Raises the rate until complete answers a second rise no more. */
    public Measured findPeak() throws IOException, InterruptedException, BundleRefusedException {
        try (FunnelUnderTest funnel = start()) {
            Measured best = report.show("step", funnel.measure(plan.load(), progress, "loading"));
            Measured last = best;
            for (int step = 1; step < MOST_STEPS && keepsUp(last); step++) {
                last = report.show(
                        "step", funnel.measure(at(last.load().ratePerSecond() * STEP), progress, "loading more"));
                best = last.goodput() > best.goodput() ? last : best;
            }
            Report.requirePunctual(best.lag());
            return report.show("peak", best);
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
            quiet = report.show(
                    "quiet", funnel.measure(at(peak.load().ratePerSecond() / 2), progress, "half the peak"));
            admitted = report.show("admission", funnel.measure(tooMuch, progress, "overload"));
        }
        ServePlan without = plan.with(Admission.OFF);
        Measured unbounded;
        try (FunnelUnderTest funnel = FunnelUnderTest.start(without, plan.bundles(), folder, progress)) {
            unbounded = report.show("no_admission", funnel.measure(tooMuch, progress, "overload without admission"));
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("times", times);
        figures.put("goodput_of_peak", share(admitted, peak));
        figures.put("goodput_of_peak_without", share(unbounded, peak));
        figures.put("p99_of_quiet", Report.ratio(admitted, quiet, .99));
        figures.put("p99_of_quiet_without", Report.ratio(unbounded, quiet, .99));
        report.show(
                "overload",
                figures,
                "at %.1f times the peak: goodput %.2f of the peak (%.2f without admission), p99 %.1f times the quiet one (%.1f)"
                        .formatted(
                                times,
                                share(admitted, peak),
                                share(unbounded, peak),
                                Report.ratio(admitted, quiet, .99),
                                Report.ratio(unbounded, quiet, .99)));
        double goodput = share(admitted, peak);
        report.promise("goodput under overload over the peak", goodput, LEAST_GOODPUT, goodput >= LEAST_GOODPUT);
        report.promiseP99("p99 of the admitted over that at half the peak", admitted, quiet, MOST_P99);
        Report.requirePunctual(quiet.lag());
        Report.requirePunctual(admitted.lag());
        report.requireKept();
    }

    /** While something is done to a stage: no request may fail. */
    public void under(Chaos chaos) throws IOException, InterruptedException, BundleRefusedException {
        try (FunnelUnderTest funnel = start()) {
            LocalCluster cluster = funnel.cluster().orElseThrow();
            Measured measured;
            try (Chaos.Doing doing = chaos.begin(cluster)) {
                measured = funnel.measure(plan.load(), progress, "loading while " + chaos);
                doing.end();
            }
            Report.requireNoneFailed(
                    report.show(chaos.toString(), measured).tally().failed());
            Report.requirePunctual(measured.lag());
        }
    }

    private FunnelUnderTest start() throws IOException, InterruptedException, BundleRefusedException {
        return FunnelUnderTest.start(plan, plan.bundles(), folder, progress);
    }

    private Load at(double rate) {
        Load usual = plan.load();
        return new Load(usual.arrivals(), rate, usual.length(), usual.seed());
    }

    private static boolean keepsUp(Measured measured) {
        return measured.goodput() >= KEEPS_UP * measured.load().ratePerSecond();
    }

    private void showRatio(Measured measured, Measured floor) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rate", measured.load().ratePerSecond());
        for (double share : List.of(.5, .9, .99)) {
            figures.put("p%.0f".formatted(share * 100), Report.ratio(measured, floor, share));
        }
        report.show(
                "ratio",
                figures,
                "funnel over empty hops: p50 %.2f, p90 %.2f, p99 %.2f"
                        .formatted(
                                Report.ratio(measured, floor, .5),
                                Report.ratio(measured, floor, .9),
                                Report.ratio(measured, floor, .99)));
    }

    /** Complete answers a second, as a part of another load's. */
    private static double share(Measured measured, Measured of) {
        return Measured.rounded(measured.goodput() / of.goodput());
    }
}
