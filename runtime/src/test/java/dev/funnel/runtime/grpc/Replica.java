package dev.funnel.runtime.grpc;

import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.testing.WireServer;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A server on a socket of its own that notes every call it gets, and then does as it is told. */
final class Replica implements AutoCloseable {
    /** What a replica does with a call; what it throws is the answer. */
    @FunctionalInterface
    interface Behaviour {
        void on(String call);
    }

    /** Answers. */
    static final Behaviour GOOD = call -> {};
    /** The call that only asks whether there is a connection: answered, and not noted. */
    static final String WARM_UP = "warm-up";

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Duration> left = new CopyOnWriteArrayList<>();
    private final WireServer server;
    private volatile Behaviour behaviour;
    private volatile boolean reached;

    Replica(Behaviour behaviour) {
        this("admission: {adaptive: off}", behaviour);
    }

    /** @param settings of the server, changed so */
    Replica(String settings, Behaviour behaviour) {
        this.behaviour = behaviour;
        this.server = WireServer.serving(WireServer.settings(settings), new Service());
    }

    /** A target that stands for all of them. */
    static String target(Replica... replicas) {
        return Arrays.stream(replicas).map(Replica::address).collect(Collectors.joining(","));
    }

    /** The request of a call with a name. */
    static RetrieveRequest call(String name) {
        return RetrieveRequest.newBuilder()
                .setQuery(Query.newBuilder().setUserId(name))
                .build();
    }

    String address() {
        return server.host().address();
    }

    /** Whether a warm-up call came. */
    boolean reached() {
        return reached;
    }

    /** Names of the calls it got. */
    List<String> calls() {
        return calls;
    }

    /** How much time each call had when it came. */
    List<Duration> left() {
        return left;
    }

    void behave(Behaviour other) {
        behaviour = other;
    }

    /** Says whether it wants calls. */
    void ready(boolean ready) {
        server.host().ready(ready);
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Service extends CandidateServiceGrpc.CandidateServiceImplBase {
        @Override
        public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> answer) {
            String call = request.getQuery().getUserId();
            if (call.equals(WARM_UP)) {
                reached = true;
            } else {
                left.add(Deadline.ofCall().remaining());
                calls.add(call);
                behaviour.on(call);
            }
            answer.onNext(RetrieveResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }
}
