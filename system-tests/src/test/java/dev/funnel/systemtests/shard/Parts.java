package dev.funnel.systemtests.shard;

import dev.funnel.candidate.CandidateConfiguration;
import dev.funnel.candidate.CandidateServiceMain;
import dev.funnel.candidate.snapshot.CandidateSnapshot;
import dev.funnel.gateway.grpc.GrpcCandidateStage;
import dev.funnel.gateway.stage.CandidateStage;
import dev.funnel.gateway.stage.ShardedCandidates;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.grpc.VirtualThreads;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.runtime.testing.WireClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** candidate-service in so many parts, each on a port of its own, asked as the gateway asks. */
final class Parts implements AutoCloseable {
    private final List<StageProcess<CandidateSnapshot>> processes = new ArrayList<>();
    private final WireClient client = new WireClient();
    private final VirtualThreads waiting = new VirtualThreads();
    private final List<GrpcCandidateStage> stages = new ArrayList<>();

    Parts(Path root, int count) {
        for (int part = 0; part < count; part++) {
            String yaml =
                    "server: {port: 0}\nbundles: {root: %s}\nshards: {part: %d, of: %d}".formatted(root, part, count);
            var process = CandidateServiceMain.start(
                    ConfigurationFile.parse(CandidateConfiguration.class, "test", yaml, Map.of()), Readiness.silent());
            processes.add(process);
            process.lookForBundles(Deadline.after(Duration.ofSeconds(60)));
            stages.add(new GrpcCandidateStage(client.channel(process.host().address())));
        }
    }

    /** All parts, merged. */
    CandidateStage together() {
        return new ShardedCandidates(stages, waiting);
    }

    /** All parts, each taken for the one after it. */
    CandidateStage misplaced() {
        List<GrpcCandidateStage> turned = new ArrayList<>(stages);
        Collections.rotate(turned, 1);
        return new ShardedCandidates(turned, waiting);
    }

    /** Stops one of them. */
    void stop(int part) {
        processes.get(part).close();
    }

    @Override
    public void close() {
        client.close();
        waiting.close();
        processes.forEach(StageProcess::close);
    }
}
