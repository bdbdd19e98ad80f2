package dev.funnel.cli.bench;

import dev.funnel.benchmarks.load.GatewayTarget;
import dev.funnel.benchmarks.load.Lag;
import dev.funnel.benchmarks.load.Load;
import dev.funnel.benchmarks.load.OpenLoop;
import dev.funnel.benchmarks.load.Tally;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.cli.cluster.Service;
import dev.funnel.cli.console.Console;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One client asks as much as all others together, of which its quota is a fiftieth: what the others notice. Turns without it and with it come in
 * the order A B B A, so that what warms up or drifts meanwhile falls on both.
 */
public final class QuotaBench {

    private static final String OTHERS = "others-0123456789";
    private static final String OFFENDER = "offender-0123456789";
    private static final int TIMES_OVER = 50;
    private static final int TURNS_EACH = 2;
    private static final double MOST_P99 = 1.1;

    private final ServePlan plan;
    private final Path folder;
    private final Report report;
    private final Progress progress;
    private final Tally without = new Tally();
    private final Tally with = new Tally();
    private final Tally offending = new Tally();

    /** @param folder for configuration files and logs */
    public QuotaBench(ServePlan plan, Path folder, Console console) {
        this.plan = plan;
        this.folder = folder;
        this.report = new Report(console);
        this.progress = console.progress();
    }

    public void run() throws IOException, InterruptedException, BundleRefusedException {
        ServePlan limited = plan.withApiKey(OTHERS).with(settings());
        try (FunnelUnderTest funnel = FunnelUnderTest.start(limited, plan.bundles(), folder, progress);
                GatewayTarget offender = new GatewayTarget(
                        funnel.address(), FunnelUnderTest.questions(plan), plan.deadline(), OFFENDER)) {
            Lag quiet = turn(funnel, without);
            Lag first = turnWith(funnel, offender);
            Lag second = turnWith(funnel, offender);
            Lag again = turn(funnel, without);
            Measured before = report.show("without_offender", new Measured(plan.load(), without, quiet, Map.of()));
            Measured beside = report.show("with_offender", new Measured(plan.load(), with, first, Map.of()));
            report.show("offender", new Measured(plan.load(), offending, first, Map.of()));
            report.show(
                    "quota",
                    Map.of(
                            "p50_ratio",
                            Report.ratio(beside, before, .5),
                            "p99_ratio",
                            Report.ratio(beside, before, .99)),
                    "the others' p50 with the offender is %.2f times that without it"
                            .formatted(Report.ratio(beside, before, .5)));
            report.promiseP99(
                    "the others' p99 with a client over its quota over that without", beside, before, MOST_P99);
            Report.requireNoneFailed(without.failed() + with.failed() + offending.failed());
            for (Lag lag : List.of(quiet, first, second, again)) {
                Report.requirePunctual(lag);
            }
            report.requireKept();
        }
    }

    private List<SettingOverride> settings() throws IOException {
        Path keys = Files.writeString(folder.resolve("keys"), OTHERS + " others\n" + OFFENDER + " offender\n");
        long quota = Math.max(1, Math.round(plan.load().ratePerSecond() / TIMES_OVER));
        return List.of(
                new SettingOverride(Service.GATEWAY, List.of("server", "api_keys"), keys.toString()),
                new SettingOverride(
                        Service.GATEWAY, List.of("server", "clients", "offender", "rate"), Long.toString(quota)));
    }

    private Lag turn(FunnelUnderTest funnel, Tally tally) throws IOException, InterruptedException {
        return funnel.measure(part(), tally, () -> tally, progress, "loading").lag();
    }

    private Lag turnWith(FunnelUnderTest funnel, GatewayTarget offender) throws IOException, InterruptedException {
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            Future<Lag> done = beside.submit(
                    () -> new OpenLoop(offender).drive(part(), () -> offending, Progress.SILENT, "offending"));
            Lag lag = funnel.measure(part(), with, () -> with, progress, "loading beside a client over its quota")
                    .lag();
            var _ = done.get();
            return lag;
        } catch (ExecutionException e) {
            throw new IOException("the client over its quota could not ask: " + e.getCause(), e);
        }
    }

    private Load part() {
        return plan.load().lasting(plan.load().length().dividedBy(TURNS_EACH));
    }
}
