package dev.funnel.gateway.pipeline;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.GoldenQuery;
import dev.funnel.gateway.page.PagePosition;
import dev.funnel.gateway.snapshot.GatewaySnapshot;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.error.Refusal;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.Interactions;
import dev.funnel.runtime.wire.Query;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the first bundle's golden queries through every pipeline before that bundle is served, so that connections are made and code
 * is compiled before a person waits. It waits for stages that do not answer yet, but not for long; nothing of it is remembered,
 * logged as shown, or counted among what is served.
 */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int MOST_QUERIES = 8;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final WarmUpSettings settings;
    private final Funnel funnel;
    private final Pipelines pipelines;
    private final InstantSource clock;
    private final Consumer<Course> telling;
    private final AtomicBoolean done = new AtomicBoolean();

    /** @param telling what is made of every course, that is to be warm too */
    public WarmUp(
            WarmUpSettings settings,
            Funnel funnel,
            Pipelines pipelines,
            InstantSource clock,
            Consumer<Course> telling) {
        this.settings = settings;
        this.funnel = funnel;
        this.pipelines = pipelines;
        this.clock = clock;
        this.telling = telling;
    }

    /** Warms up on a bundle that is about to be served, if it is the first. */
    public void on(Bundle bundle, GatewaySnapshot snapshot) {
        if (done.getAndSet(true) || settings.longest().isZero()) {
            return;
        }
        long begun = Ticker.SYSTEM.nanos();
        Deadline latest = Deadline.after(settings.longest());
        BundleRef ref = new BundleRef(bundle.manifest().name(), bundle.version().value());
        List<Query> queries = queries(bundle);
        int rounds = 0;
        while (rounds < settings.rounds() && !latest.passed()) {
            Query query = queries.get(rounds % queries.size());
            boolean answered = pipelines.all().stream()
                    .allMatch(pipeline ->
                            !latest.passed() && answered(pipeline, query, bundle.version(), ref, snapshot, latest));
            if (answered) {
                rounds++;
            } else {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        LOG.info(
                "warmed up in {} rounds of {} and {} ms",
                rounds,
                settings.rounds(),
                Duration.ofNanos(Ticker.SYSTEM.nanos() - begun).toMillis());
    }

    private boolean answered(
            Pipeline pipeline,
            Query query,
            BundleVersion version,
            BundleRef bundle,
            GatewaySnapshot snapshot,
            Deadline latest) {
        Request request = new Request(
                query,
                pipeline,
                pipeline.settings().pageSize(),
                "",
                false,
                List.of(),
                List.of(),
                latest.atMost(pipeline.settings().deadlineCap()),
                Ticker.SYSTEM.nanos());
        PagePosition position = new PagePosition(version, pipeline.name(), 0, 0, clock.instant(), new int[0]);
        try {
            Course course = funnel.run(Turns.of(request, new Start(position, List.of()), bundle, snapshot, 1));
            telling.accept(course);
            return Stream.of(course.candidates(), course.ranks(), course.slate())
                    .noneMatch(StageOutcome.Absent.class::isInstance);
        } catch (Refusal refusal) {
            LOG.warn("pipeline {} cannot be warmed up: {}", pipeline.name(), refusal.getMessage());
            return true;
        }
    }

    private static List<Query> queries(Bundle bundle) {
        List<Query> golden = bundle.manifest().goldenQueries().stream()
                .map(WarmUp::query)
                .distinct()
                .limit(MOST_QUERIES)
                .toList();
        return golden.isEmpty() ? List.of(query("", "")) : golden;
    }

    private static Query query(GoldenQuery golden) {
        return query(
                Objects.requireNonNullElse(golden.userId(), ""), Objects.requireNonNullElse(golden.seedItemId(), ""));
    }

    private static Query query(String userId, String seedItemId) {
        return new Query(userId, Interactions.NONE, seedItemId, Context.UNKNOWN, List.of(), null);
    }
}
