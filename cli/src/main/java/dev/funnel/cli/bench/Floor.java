package dev.funnel.cli.bench;

import dev.funnel.benchmarks.load.EchoTarget;
import dev.funnel.benchmarks.load.Lag;
import dev.funnel.benchmarks.load.Load;
import dev.funnel.benchmarks.load.OpenLoop;
import dev.funnel.benchmarks.load.Tally;
import dev.funnel.cli.cluster.EchoChain;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What four empty hops cost under the same load, in the same run: below it no funnel of four processes can come on this machine. */
final class Floor {

    private Floor() {}

    static Measured measure(ServePlan plan, Path folder, Progress progress) throws IOException, InterruptedException {
        Load load = plan.load();
        Duration warmUp = plan.warmUp().dividedBy(2);
        try (EchoChain chain = EchoChain.start(folder);
                EchoTarget target = new EchoTarget(chain.target(), plan.deadline())) {
            OpenLoop loop = new OpenLoop(target);
            loop.warm(load, warmUp, progress, "warming up empty hops");
            Tally tally = new Tally();
            Lag lag = loop.drive(load, () -> tally, progress, "empty hops");
            return new Measured(load, tally, lag, Map.of());
        }
    }
}
