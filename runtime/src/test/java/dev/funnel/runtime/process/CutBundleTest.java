package dev.funnel.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.GeneratorDescription;
import dev.funnel.proto.candidate.v1.ListGeneratorsRequest;
import dev.funnel.proto.candidate.v1.ListGeneratorsResponse;
import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.live.LiveBatch;
import dev.funnel.runtime.live.LiveSnapshot;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.testing.WireClient;
import dev.funnel.runtime.testing.WireServer;
import dev.funnel.runtime.wire.ToWire;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of the served bundle is cut while it is mapped, which nobody may do: the process lives, and serves nothing of it. */
class CutBundleTest {
    private static final String FILE = "generators/als.safetensors";

    @TempDir
    private Path root;

    private final ArithmeticPool arithmetic = new ArithmeticPool("read", 2, 16);
    private final WireClient client = new WireClient();
    private StageProcess<Factors> process;
    private BundleVersion version;

    private record Factors(FloatMatrix items) implements LiveSnapshot<Factors> {
        static Factors load(Bundle bundle) throws BundleRefusedException {
            return new Factors(bundle.tensors(FILE).floats("item_factors"));
        }

        double sum() {
            float[] row = new float[items.columns()];
            double sum = 0;
            for (int item = 0; item < items.rows(); item++) {
                items.copyRow(item, row, 0);
                sum += row[0];
            }
            return sum;
        }

        @Override
        public Factors with(LiveBatch batch) {
            return this;
        }

        @Override
        public void close() {}
    }

    /** Reads the mapped factors, on the thread of the call or on one of the arithmetic pool, as stages do. */
    private CandidateServiceGrpc.CandidateServiceImplBase reading(Snapshots<Factors> snapshots) {
        return new CandidateServiceGrpc.CandidateServiceImplBase() {
            @Override
            public void listGenerators(ListGeneratorsRequest request, StreamObserver<ListGeneratorsResponse> answer) {
                try (Lease<Factors> lease = snapshots.lease()) {
                    double sum = request.getBundle().getName().isEmpty()
                            ? lease.snapshot().sum()
                            : arithmetic.call(Deadline.ofCall(), lease.snapshot()::sum);
                    answer.onNext(ListGeneratorsResponse.newBuilder()
                            .setBundle(ToWire.bundleRef(lease.bundle()))
                            .addGenerators(GeneratorDescription.newBuilder().setName(Double.toString(sum)))
                            .build());
                    answer.onCompleted();
                }
            }
        };
    }

    @BeforeEach
    void start() throws Exception {
        version = SmallBundle.publish(root);
        BundleSettings bundles = new BundleSettings(root, SmallBundle.NAME, Duration.ofHours(1));
        Snapshots<Factors> snapshots = new Snapshots<>(bundles);
        process = StageProcess.start(
                WireServer.settings(""),
                Metrics.off(),
                bundles,
                snapshots,
                Factors::load,
                List.of(reading(snapshots)),
                List.of(arithmetic),
                Readiness.silent());
        look();
    }

    @AfterEach
    void stop() {
        client.close();
        process.close();
    }

    private void look() {
        process.lookForBundles(Deadline.after(Duration.ofSeconds(20)));
    }

    private Channel channel() {
        return client.channel(process.host().address());
    }

    private ListGeneratorsResponse ask(boolean onPool) {
        ListGeneratorsRequest.Builder request = ListGeneratorsRequest.newBuilder();
        if (onPool) {
            request.getBundleBuilder().setName(SmallBundle.NAME);
        }
        return CandidateServiceGrpc.newBlockingStub(channel()).listGenerators(request.build());
    }

    private ServingStatus health() {
        return HealthGrpc.newBlockingStub(channel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_reads_the_lost_pages_is_unavailable_and_the_process_serves_no_more_until_another_version(boolean onPool)
            throws Exception {
        ListGeneratorsResponse whole = ask(onPool);
        try (FileChannel file =
                FileChannel.open(SmallBundle.directory(root, version).resolve(FILE), StandardOpenOption.WRITE)) {
            file.truncate(0);
        }
        StatusRuntimeException lost = assertThrows(StatusRuntimeException.class, () -> ask(onPool));
        assertEquals(Status.Code.UNAVAILABLE, lost.getStatus().getCode(), lost::toString);
        assertTrue(String.valueOf(lost.getMessage()).contains("bundle cannot be read"), lost::toString);
        assertEquals(ServingStatus.NOT_SERVING, health());
        BundleVersion other = SmallBundle.publish(root);
        look();
        assertEquals(ServingStatus.SERVING, health());
        assertEquals(other.value(), ask(onPool).getBundle().getVersion());
        assertEquals(whole.getGeneratorsList(), ask(onPool).getGeneratorsList());
    }
}
