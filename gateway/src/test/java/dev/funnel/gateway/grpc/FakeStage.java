package dev.funnel.gateway.grpc;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.proto.admin.v1.BundleServiceGrpc;
import dev.funnel.proto.admin.v1.BundleState;
import dev.funnel.proto.admin.v1.BundleStatus;
import dev.funnel.proto.admin.v1.ListBundlesRequest;
import dev.funnel.proto.admin.v1.ListBundlesResponse;
import dev.funnel.proto.common.v1.BundleRef;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.error.Refusal;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * What the fakes of the three stages share: they hold the bundle versions they are told to, refuse others as the contract says,
 * keep the requests they get, and answer honestly unless told to behave otherwise.
 *
 * @param <Q> request
 * @param <S> response
 */
final class FakeStage<Q, S> extends BundleServiceGrpc.BundleServiceImplBase {
    private final Function<Q, S> honest;
    private final Function<Q, BundleRef> bundleOf;
    private final List<Q> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile List<BundleVersion> held = List.of();
    private volatile List<BundleVersion> admitted = List.of();
    private final AtomicInteger cancelled = new AtomicInteger();
    private volatile Duration lastBudget = Duration.ZERO;
    private volatile Behaviour<Q, S> behaviour = new Behaviour.Answers<>(UnaryOperator.identity());

    /** What a fake does with a call. */
    sealed interface Behaviour<Q, S> {
        /** Answers honestly, and then changes the answer. */
        record Answers<Q, S>(UnaryOperator<S> changed) implements Behaviour<Q, S> {}

        /** Answers with an error. */
        record Fails<Q, S>(Status status) implements Behaviour<Q, S> {}

        /** Refuses, as our own stages do. */
        record Refuses<Q, S>(Refusal refusal) implements Behaviour<Q, S> {}

        /** Answers honestly, but takes its time. */
        record Slow<Q, S>(ToLongFunction<Q> nanos) implements Behaviour<Q, S> {}

        /** Never answers. */
        record Silent<Q, S>() implements Behaviour<Q, S> {}

        /** Answers as the test says. */
        record Scripted<Q, S>(Function<Q, S> script) implements Behaviour<Q, S> {}
    }

    FakeStage(Function<Q, S> honest, Function<Q, BundleRef> bundleOf) {
        this.honest = honest;
        this.bundleOf = bundleOf;
    }

    /** Holds these versions, and says so. */
    void hold(BundleVersion... versions) {
        held = List.of(versions);
        admitted = List.of(versions);
    }

    /** Holds these versions, and goes on saying what it said before. */
    void holdSilently(BundleVersion... versions) {
        held = List.of(versions);
    }

    void honest() {
        behaviour = new Behaviour.Answers<>(UnaryOperator.identity());
    }

    void answersChanged(UnaryOperator<S> changed) {
        behaviour = new Behaviour.Answers<>(changed);
    }

    void answers(Function<Q, S> script) {
        behaviour = new Behaviour.Scripted<>(script);
    }

    void fails(Status status) {
        behaviour = new Behaviour.Fails<>(status);
    }

    /** @param nanos how long it takes for a request */
    void slow(ToLongFunction<Q> nanos) {
        behaviour = new Behaviour.Slow<>(nanos);
    }

    void refuses(Refusal refusal) {
        behaviour = new Behaviour.Refuses<>(refusal);
    }

    void silent() {
        behaviour = new Behaviour.Silent<>();
    }

    List<Q> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    Q lastRequest() {
        return requests().getLast();
    }

    /** The time the caller gave the last call. */
    Duration lastBudget() {
        return lastBudget;
    }

    /** How many calls were cancelled while it was silent. */
    int cancelled() {
        return cancelled.get();
    }

    void forgetRequests() {
        requests.clear();
    }

    void handle(Q request, StreamObserver<S> caller) {
        requests.add(request);
        lastBudget = Deadline.ofCall().remaining();
        refuseVersion(bundleOf.apply(request));
        switch (behaviour) {
            case Behaviour.Answers<Q, S>(UnaryOperator<S> changed) ->
                send(caller, changed.apply(honest.apply(request)));
            case Behaviour.Scripted<Q, S>(Function<Q, S> script) -> send(caller, script.apply(request));
            case Behaviour.Fails<Q, S>(Status status) -> caller.onError(status.asRuntimeException());
            case Behaviour.Refuses<Q, S>(Refusal refusal) -> throw refusal;
            case Behaviour.Slow<Q, S>(ToLongFunction<Q> nanos) -> {
                LockSupport.parkNanos(nanos.applyAsLong(request));
                send(caller, honest.apply(request));
            }
            case Behaviour.Silent<Q, S> silent ->
                Context.current().addListener(ended -> cancelled.incrementAndGet(), Runnable::run);
        }
    }

    @Override
    public void listBundles(ListBundlesRequest request, StreamObserver<ListBundlesResponse> caller) {
        ListBundlesResponse.Builder response = ListBundlesResponse.newBuilder();
        for (BundleVersion version : admitted) {
            response.addBundles(BundleStatus.newBuilder()
                    .setBundle(BundleRef.newBuilder().setName("demo").setVersion(version.value()))
                    .setState(
                            response.getBundlesCount() == 0
                                    ? BundleState.BUNDLE_STATE_CURRENT
                                    : BundleState.BUNDLE_STATE_PREVIOUS));
        }
        send(caller, response.build());
    }

    private void refuseVersion(BundleRef asked) {
        if (held.stream().noneMatch(version -> version.value().equals(asked.getVersion()))) {
            throw new PreconditionFailed(
                    PreconditionFailed.VERSION_NOT_HELD, "bundle version " + asked.getVersion() + " is not held");
        }
    }

    private static <T> void send(StreamObserver<T> caller, T answer) {
        caller.onNext(answer);
        caller.onCompleted();
    }
}
