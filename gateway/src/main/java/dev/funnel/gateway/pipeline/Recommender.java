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
 * more, on another version, if there is one that suits more stages; versions are never mixed.
 */
public final class Recommender {
    private final Snapshots<GatewaySnapshot> snapshots;
    private final VersionPin pin;
    private final Funnel funnel;
    private final Starts starts;
    private final Efforts efforts;
    private final Counter repins;

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
        this.starts = new Starts(snapshots, pin, tokens, clock);
        this.repins = metrics.counter(
                        "funnel.gateway.repins",
                        "{request}",
                        "Requests that ran once more, on another bundle version, because the first was not held")
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
        Start start = starts.of(request);
        try (Lease<GatewaySnapshot> lease = lease(start)) {
            Course course = funnel.run(turn(request, start, lease));
            Optional<Start> other = elsewhere(request, course);
            if (other.isEmpty()) {
                return telling.apply(course);
            }
            start = other.get();
        } catch (PreconditionFailed retired) {
            start = starts.anew(request, start.losses()); // between choosing the version and taking hold of it
        }
        repins.add(1);
        try (Lease<GatewaySnapshot> lease = lease(start)) {
            return telling.apply(funnel.run(turn(request, start, lease)));
        }
    }

    private Turn turn(Request request, Start start, Lease<GatewaySnapshot> lease) {
        return Turns.of(
                request,
                start,
                lease.bundle(),
                lease.snapshot(),
                efforts.of(request.pipeline().name()));
    }

    private Lease<GatewaySnapshot> lease(Start start) {
        return snapshots.lease(new BundleRef("", start.position().version().value()));
    }

    /** Where to run again, if a stage refused the version and another suits more stages. */
    private Optional<Start> elsewhere(Request request, Course course) {
        Optional<Stage> refusing = course.refusingVersion();
        if (refusing.isEmpty()) {
            return Optional.empty();
        }
        BundleVersion refused = course.turn().position().version();
        pin.refused(refusing.get(), refused);
        if (pin.pinned().filter(other -> !other.equals(refused)).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                request.pageToken().isEmpty()
                        ? starts.anew(request, course.turn().losses())
                        : starts.anewWithout(request, refused));
    }
}
