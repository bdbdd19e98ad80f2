package dev.funnel.benchmarks.load;

import com.google.common.util.concurrent.MoreExecutors;
import dev.funnel.runtime.grpc.ApiKeyInterceptor;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A few connections to one server, taken in turn: a server bounds the calls under way on each. Answers are read on the event loop, so that the
 * driver costs the machine little.
 */
final class Connections implements AutoCloseable {

    private static final int COUNT = 4;
    private static final String LATE = "LATE";

    private final List<ManagedChannel> channels;
    private final Duration deadline;

    /** @param apiKey sent with every call; empty: none */
    Connections(String target, Duration deadline, String apiKey) {
        this.deadline = deadline;
        this.channels =
                Stream.generate(() -> channel(target, apiKey)).limit(COUNT).toList();
    }

    /** What a response comes to. */
    @FunctionalInterface
    interface Reading<S> {
        /** @param marginNanos how long before its deadline it came */
        Ending of(S response, long marginNanos);
    }

    /** Sends a call; whatever becomes of it is told once. A response after the deadline is a failure, {@code LATE}. */
    <Q, S> void send(
            MethodDescriptor<Q, S> method, Q request, long number, Reading<S> reading, Consumer<Ending> ended) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
        ManagedChannel channel = channels.get((int) (number % COUNT));
        Answer<S> answer = new Answer<>(System.nanoTime() + deadline.toNanos(), reading, ended);
        ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, answer);
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private static ManagedChannel channel(String target, String apiKey) {
        Metadata headers = new Metadata();
        if (!apiKey.isEmpty()) {
            headers.put(ApiKeyInterceptor.HEADER, apiKey);
        }
        return NettyChannelBuilder.forTarget(target)
                .usePlaintext()
                .executor(MoreExecutors.directExecutor())
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
    }

    private static Ending failed(Throwable failure) {
        Status status = failure instanceof StatusRuntimeException refused ? refused.getStatus() : Status.UNKNOWN;
        return status.getCode() == Status.Code.RESOURCE_EXHAUSTED
                ? new Ending.Shed()
                : new Ending.Failed(status.getCode().name());
    }

    private static final class Answer<S> implements StreamObserver<S> {
        private final long deadlineNanos;
        private final Reading<S> reading;
        private final Consumer<Ending> ended;
        private final AtomicReference<Ending> answer = new AtomicReference<>(new Ending.Failed("no answer"));

        Answer(long deadlineNanos, Reading<S> reading, Consumer<Ending> ended) {
            this.deadlineNanos = deadlineNanos;
            this.reading = reading;
            this.ended = ended;
        }

        @Override
        public void onNext(S response) {
            long margin = deadlineNanos - System.nanoTime();
            answer.set(margin < 0 ? new Ending.Failed(LATE) : reading.of(response, margin));
        }

        @Override
        public void onError(Throwable failure) {
            ended.accept(failed(failure));
        }

        @Override
        public void onCompleted() {
            ended.accept(answer.get());
        }
    }
}
