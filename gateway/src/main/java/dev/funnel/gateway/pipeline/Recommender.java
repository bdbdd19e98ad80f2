package dev.funnel.gateway.pipeline;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.gateway.effort.Efforts;
import dev.funnel.gateway.page.PageTokens;
import dev.funnel.gateway.snapshot.GatewaySnapshot;
import dev.funnel.gateway.snapshot.VersionPin;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.telemetry.Counter;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Stage;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs requests, each on one bundle version from beginning to end. A stage that refuses the version makes the request run once
 * more, on another version, if there is one that suits more stages; the better of the two slates is told of, and versions are never
 * mixed.
 */
public final class Recommender {
    private final Snapshots<GatewaySnapshot> snapshots;
    private final VersionPin pin;
    private final Funnel funnel;
    private final Starts starts;
    private final Efforts efforts;
    private final Counter repins;

    /** Where a request sets out from, with a hold on the version. */
    private record Held(Start start, Lease<GatewaySnapshot> lease) implements AutoCloseable {
        @Override
        public void close() {
            lease.close();
        }
    }

    public Recommender(
            Snapshots<GatewaySnapshot> snapshots,
            VersionPin pin,
            Funnel funnel,
            PageTokens tokens,
            InstantSource clock,
            Efforts efforts,
            Metrics metrics) {
        this.snapshots = snapshots;
        this.pin = pin;
        this.funnel = funnel;
        this.efforts = efforts;
        this.starts = new Starts(pin, tokens, clock);
        this.repins = metrics.counter(
                        "funnel.gateway.repins",
                        "{request}",
                        "Requests taken to another bundle version because the first was not held")
                .of();
    }

    /**
     * Runs a request and tells of its course, while the version it ran on is held.
     *
     * @throws NotReady before the first bundle is loaded
     * @throws DeadlinePassed if the deadline left no time at all
     * @throws dev.funnel.runtime.error.CallerError for a page token or a filter that does not hold
     */
    public <T> T run(Request request, Function<Course, T> telling) {
        request.deadline().check("a slate");
        try (Held held = held(request)) {
            Course course = funnel.run(turn(request, held));
            Optional<Start> other = elsewhere(request, held.start(), course);
            return other.isPresent() ? again(request, other.get(), course, telling) : telling.apply(course);
        }
    }

    /** Takes hold of the version to run on; of another, if it was retired between the choice and the hold. */
    private Held held(Request request) {
        Start start = starts.of(request);
        Optional<Held> held = held(start);
        if (held.isPresent()) {
            return held.get();
        }
        repins.add(1);
        Start other = starts.again(request, start);
        return new Held(other, snapshots.lease(ref(other)));
    }

    /** Empty if the version was retired meanwhile. */
    private Optional<Held> held(Start start) {
        try {
            return Optional.of(new Held(start, snapshots.lease(ref(start))));
        } catch (PreconditionFailed retired) {
            return Optional.empty();
        }
    }

    /** Runs once more, and tells of the second course, unless it ends lower on the ladder than the first, as when little time is left. */
    private <T> T again(Request request, Start start, Course first, Function<Course, T> telling) {
        Optional<Held> held = held(start);
        if (held.isEmpty()) {
            return telling.apply(first);
        }
        repins.add(1);
        try (Held other = held.get()) {
            Course second = funnel.run(turn(request, other));
            boolean lower = second.footing().rung().compareTo(first.footing().rung()) > 0;
            return telling.apply(lower ? first : second);
        }
    }

    private Turn turn(Request request, Held held) {
        return Turns.of(
                request,
                held.start(),
                held.lease().bundle(),
                held.lease().snapshot(),
                efforts.of(request.pipeline().name()));
    }

    private static BundleRef ref(Start start) {
        return new BundleRef("", start.position().version().value());
    }

    /** Where to run again, if a stage refused the version and another suits more stages. */
    private Optional<Start> elsewhere(Request request, Start start, Course course) {
        Optional<Stage> refusing = course.refusingVersion();
        if (refusing.isEmpty()) {
            return Optional.empty();
        }
        BundleVersion refused = start.position().version();
        pin.refused(refusing.get(), refused);
        return pin.pinned().filter(other -> !other.equals(refused)).isPresent()
                ? Optional.of(starts.again(request, start))
                : Optional.empty();
    }
}
