package dev.funnel.candidate;

import dev.funnel.candidate.snapshot.CandidateSnapshot;
import dev.funnel.proto.admin.v1.BundleServiceGrpc;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.runtime.testing.WireClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** candidate-service on a free port, from the sample configuration, with a client. */
final class CandidateProcess implements AutoCloseable {
    static final Path SAMPLE = Path.of("../deploy/config/candidate.yaml");

    private final StageProcess<CandidateSnapshot> process;
    private final WireClient client = new WireClient();

    private CandidateProcess(StageProcess<CandidateSnapshot> process) {
        this.process = process;
    }

    /** Serves the newest bundle under {@code root}, if there is one. */
    static CandidateProcess over(Path root) {
        return over(root, Map.of());
    }

    /** The same with more of the environment. */
    static CandidateProcess over(Path root, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("FUNNEL_SERVER_PORT", "0");
        all.put("FUNNEL_METRICS_PORT", "0");
        all.put("FUNNEL_BUNDLES_ROOT", root.toString());
        CandidateConfiguration configuration = ConfigurationFile.load(CandidateConfiguration.class, SAMPLE, all);
        CandidateProcess process = new CandidateProcess(CandidateServiceMain.start(configuration, Readiness.silent()));
        process.lookForBundles();
        return process;
    }

    void lookForBundles() {
        process.lookForBundles(Deadline.after(Duration.ofSeconds(60)));
    }

    StageProcess<CandidateSnapshot> process() {
        return process;
    }

    CandidateServiceGrpc.CandidateServiceBlockingStub stub() {
        return CandidateServiceGrpc.newBlockingStub(
                client.channel(process.host().address()));
    }

    BundleServiceGrpc.BundleServiceBlockingStub admin() {
        return BundleServiceGrpc.newBlockingStub(client.channel(process.host().address()));
    }

    @Override
    public void close() {
        client.close();
        process.close();
    }
}
