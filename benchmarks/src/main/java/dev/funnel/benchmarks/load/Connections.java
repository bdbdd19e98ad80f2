package dev.funnel.benchmarks.load;

import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A few connections to one server, taken in turn: a server bounds the calls under way on each. Answers are read on the event loop, so that the
 * driver costs the machine little.
 */
final class Connections implements AutoCloseable {

    private static final int COUNT = 4;

    private final List<ManagedChannel> channels;
    private final Duration deadline;

    Connections(String target, Duration deadline) {
        this.deadline = deadline;
        this.channels = Stream.generate(() -> channel(target)).limit(COUNT).toList();
    }

    /** Sends a call; whatever becomes of it is told once. */
    <Q, S> void send(
            MethodDescriptor<Q, S> method, Q request, long number, Function<S, Ending> ending, Consumer<Ending> ended) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
        ManagedChannel channel = channels.get((int) (number % COUNT));
        ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, new Answer<>(ending, ended));
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private static ManagedChannel channel(String target) {
        return NettyChannelBuilder.forTarget(target)
                .usePlaintext()
                .executor(MoreExecutors.directExecutor())
                .build();
    }

    private static Ending failed(Throwable failure) {
        Status status = failure instanceof StatusRuntimeException refused ? refused.getStatus() : Status.UNKNOWN;
        return status.getCode() == Status.Code.RESOURCE_EXHAUSTED
                ? new Ending.Shed()
                : new Ending.Failed(status.getCode().name());
    }

    private static final class Answer<S> implements StreamObserver<S> {
        private final Function<S, Ending> ending;
        private final Consumer<Ending> ended;
        private final AtomicReference<Ending> answer = new AtomicReference<>(new Ending.Failed("no answer"));

        Answer(Function<S, Ending> ending, Consumer<Ending> ended) {
            this.ending = ending;
            this.ended = ended;
        }

        @Override
        public void onNext(S response) {
            answer.set(ending.apply(response));
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
