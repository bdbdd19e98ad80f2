package dev.funnel.benchmarks.serve;

import com.google.protobuf.Duration;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.candidate.CandidateConfiguration;
import dev.funnel.candidate.CandidateServiceMain;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc.CandidateServiceBlockingStub;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.ComponentReport;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.trainer.Progress;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What does candidate-service cost beside its searches?
 *
 * <p>One caller asks {@code Retrieve} over a loopback socket, again and again, each time for another user of the bundle with that user's
 * history. From each answer's time, as the caller sees it, the time of its slowest generator is taken, as the service reports it: what
 * is left is transport, reading the request, the rules, merging and writing the answer. Service and caller share the JVM, not the socket.
 *
 * @param generators limit by generator; all are asked at once
 * @param warmUpSeconds of asking before anything is counted, so that the compiler is not measured
 * @param seconds of measuring
 */
public record CandidatesBench(Map<String, Integer> generators, double warmUpSeconds, double seconds) {

    private static final int MOST_CALLS = 1_000_000;
    private static final long CALL_SECONDS = 10;
    private static final long START_SECONDS = 120;

    /**
     * What was measured.
     *
     * @param items in the catalogue
     * @param candidates in an answer, mean
     * @param calls measured
     * @param roundTrip of a call, as the caller sees it
     * @param stage of it, what the service spends from request to answer, without transport
     * @param index of that, the slowest generator
     * @param overhead of each call, the difference
     */
    public record Result(
            int items,
            double candidates,
            int calls,
            Percentiles roundTrip,
            Percentiles stage,
            Percentiles index,
            Percentiles overhead) {}

    /** Serves the newest bundle of a name under a root, and measures. */
    public Result run(Path root, String name, Progress progress) throws IOException, BundleRefusedException {
        Path configuration = Files.createTempFile("funnel-bench-", ".yaml");
        try (Bundle bundle = Bundle.open(new BundleStore(root, name)
                .path(new BundleStore(root, name).newest().orElseThrow()))) {
            Files.writeString(
                    configuration,
                    "server: {host: 127.0.0.1, port: 0}\nbundles: {root: '%s', name: '%s'}\n"
                            .formatted(root.toAbsolutePath(), name));
            CandidateConfiguration settings =
                    ConfigurationFile.load(CandidateConfiguration.class, configuration, Map.of());
            try (StageProcess<?> service = CandidateServiceMain.start(settings, Readiness.silent())) {
                service.lookForBundles(Deadline.after(java.time.Duration.ofSeconds(START_SECONDS)));
                return measure(service.host().address(), bundle, progress);
            }
        } finally {
            Files.delete(configuration);
        }
    }

    private Result measure(String address, Bundle bundle, Progress progress) {
        List<RetrieveRequest> requests = RetrieveRequests.of(bundle, generators);
        ManagedChannel channel =
                NettyChannelBuilder.forTarget(address).usePlaintext().build();
        try {
            CandidateServiceBlockingStub stub = CandidateServiceGrpc.newBlockingStub(channel);
            calls(stub, requests, warmUpSeconds, "warming up", progress);
            return calls(stub, requests, seconds, "measuring", progress)
                    .result(bundle.items().size());
        } finally {
            channel.shutdownNow();
        }
    }

    private static Calls calls(
            CandidateServiceBlockingStub stub,
            List<RetrieveRequest> requests,
            double seconds,
            String what,
            Progress progress) {
        Calls calls = new Calls();
        long started = System.nanoTime();
        long length = (long) (seconds * 1e9);
        long told = 0;
        for (long before = started; before - started < length && calls.count < MOST_CALLS; before = System.nanoTime()) {
            RetrieveResponse answer = stub.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                    .retrieve(requests.get(calls.count % requests.size()));
            calls.add(System.nanoTime() - before, answer);
            if ((before - started) / 1_000_000_000L >= told) {
                progress.advance(what, Math.min(1, (before - started) / (double) length));
                told++;
            }
        }
        return calls;
    }

    /** The times of calls, as they come in. */
    private static final class Calls {
        private final long[] roundTrips = new long[MOST_CALLS];
        private final long[] stages = new long[MOST_CALLS];
        private final long[] searches = new long[MOST_CALLS];
        private long candidates;
        private int count;

        void add(long roundTripNanos, RetrieveResponse answer) {
            if (answer.getDegradationsCount() > 0) {
                throw new IllegalStateException("an answer was degraded: " + answer.getDegradations(0));
            }
            roundTrips[count] = roundTripNanos;
            stages[count] = nanos(answer.getReport().getElapsed());
            searches[count] = answer.getReport().getComponentsList().stream()
                    .map(ComponentReport::getElapsed)
                    .mapToLong(Calls::nanos)
                    .max()
                    .orElse(0);
            candidates += answer.getCandidates().getItemIdsCount();
            count++;
        }

        Result result(int items) {
            long[] overheads = new long[count];
            Arrays.setAll(overheads, call -> roundTrips[call] - searches[call]);
            return new Result(
                    items,
                    (double) candidates / count,
                    count,
                    percentiles(roundTrips),
                    percentiles(stages),
                    percentiles(searches),
                    Percentiles.of(overheads));
        }

        private Percentiles percentiles(long[] nanos) {
            return Percentiles.of(Arrays.copyOf(nanos, count));
        }

        private static long nanos(Duration duration) {
            return duration.getSeconds() * 1_000_000_000L + duration.getNanos();
        }
    }

    /** Limits by generator from {@code name=limit} pairs. */
    public static Map<String, Integer> limits(List<String> pairs) {
        Map<String, Integer> limits = new LinkedHashMap<>();
        for (String pair : pairs) {
            String[] parts = pair.split("=", 2);
            if (parts.length < 2 || !parts[1].matches("[1-9][0-9]{0,4}")) {
                throw new IllegalArgumentException("must be name=limit, e.g. als=300");
            }
            limits.put(parts[0], Integer.parseInt(parts[1]));
        }
        return limits;
    }
}
