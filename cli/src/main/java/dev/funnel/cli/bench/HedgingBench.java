package dev.funnel.cli.bench;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.cli.cluster.Service;
import dev.funnel.cli.console.Console;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A stage of two replicas, one of them slow: what is gained by asking the other one too, and what it costs. */
public final class HedgingBench {

    private static final int REPLICAS = 2;

    private final ServePlan plan;
    private final Path folder;
    private final Report report;
    private final Progress progress;

    /** @param folder for configuration files and logs */
    public HedgingBench(ServePlan plan, Path folder, Console console) {
        this.plan = plan;
        this.folder = folder;
        this.report = new Report(console);
        this.progress = console.progress();
    }

    /**
     * Loads it without hedging and with it.
     *
     * @param stage any service but the gateway
     * @param delay after which a second replica is asked
     */
    public void run(Service stage, Duration delay) throws IOException, InterruptedException, BundleRefusedException {
        ServePlan replicated = plan.withReplicas(stage, REPLICAS);
        SettingOverride hedging = new SettingOverride(
                Service.GATEWAY, List.of("stages", stage.label(), "hedging", "delay"), delay.toMillis() + "ms");
        Measured off = report.show("hedging_off", beside(stage, replicated));
        Measured on = report.show("hedging_on", beside(stage, replicated.with(List.of(hedging))));
        report.show(
                "hedging",
                Map.of("p50_ratio", Report.ratio(on, off, .5), "p99_ratio", Report.ratio(on, off, .99)),
                "with one of two replicas of %s slow, hedging makes p50 %.2f and p99 %.2f of what they are without"
                        .formatted(stage.label(), Report.ratio(on, off, .5), Report.ratio(on, off, .99)));
        Report.requireNoneFailed(off.tally().failed() + on.tally().failed());
        Report.requirePunctual(off.lag());
        Report.requirePunctual(on.lag());
    }

    private Measured beside(Service stage, ServePlan started)
            throws IOException, InterruptedException, BundleRefusedException {
        Chaos slow = new Chaos(Chaos.What.SLOW, stage);
        try (FunnelUnderTest funnel = FunnelUnderTest.start(started, plan.bundles(), folder, progress);
                Chaos.Doing doing = slow.begin(funnel.cluster().orElseThrow())) {
            Measured measured = funnel.measure(plan.load(), progress, "loading while a replica is slow");
            doing.end();
            return measured;
        }
    }
}
