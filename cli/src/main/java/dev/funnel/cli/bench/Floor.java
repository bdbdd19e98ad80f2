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
final class Floor implements AutoCloseable {

    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(5);

    private final EchoChain chain;
    private final EchoTarget target;
    private final OpenLoop loop;

    private Floor(EchoChain chain, EchoTarget target) {
        this.chain = chain;
        this.target = target;
        this.loop = new OpenLoop(target);
    }

    /** Starts the processes and warms them up. */
    static Floor start(ServePlan plan, Path folder, Progress progress) throws IOException, InterruptedException {
        EchoChain chain = EchoChain.start(folder);
        Floor floor = new Floor(chain, new EchoTarget(chain.target(), plan.deadline()));
        try {
            Duration warmUp = plan.warmUp().compareTo(LONGEST_WARM_UP) < 0 ? plan.warmUp() : LONGEST_WARM_UP;
            floor.loop.warm(plan.load(), warmUp, progress, "warming up empty hops");
            return floor;
        } catch (InterruptedException | RuntimeException e) {
            floor.close();
            throw e;
        }
    }

    Measured measure(Load load, Progress progress) throws InterruptedException {
        Tally tally = new Tally();
        Lag lag = loop.drive(load, () -> tally, progress, "empty hops");
        return new Measured(load, tally, lag, Map.of());
    }

    @Override
    public void close() {
        target.close();
        chain.close();
    }
}
