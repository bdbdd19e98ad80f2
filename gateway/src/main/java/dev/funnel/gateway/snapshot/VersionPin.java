package dev.funnel.gateway.snapshot;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.runtime.bundle.ReplicaStatus;
import dev.funnel.runtime.bundle.RollOut;
import dev.funnel.runtime.telemetry.Gauge;
import dev.funnel.runtime.telemetry.Labelled;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.wire.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which bundle version a request runs on: the first that the gateway and every replica of every stage hold, the gateway's current
 * version before its previous one, so that rolling the gateway back rolls the funnel back. Every replica is asked at intervals, and
 * those that do not serve stop nobody. Where no version is held by all, it is the one with which least is lost:
 * candidates weigh more than ranking, ranking more than re-ranking, and each counts by the share of its replicas.
 */
public final class VersionPin implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VersionPin.class);

    private final Supplier<List<BundleVersion>> own;
    private final List<PartReplicas> parts;
    private final Map<Stage, Integer> partsOf = new EnumMap<>(Stage.class);
    private final Labelled<Gauge> holdingBack;
    private final ScheduledThreadPoolExecutor polls;
    private String lastTold = "";

    /**
     * @param own the versions the gateway holds, the current one first
     * @param stages whom to ask of each stage, once for each part of it
     */
    public VersionPin(Supplier<List<BundleVersion>> own, Map<Stage, List<Replicas>> stages, Metrics metrics) {
        this.own = own;
        this.parts = stages.entrySet().stream()
                .flatMap(stage -> stage.getValue().stream().map(part -> new PartReplicas(stage.getKey(), part)))
                .toList();
        stages.forEach((stage, ofStage) -> partsOf.put(stage, ofStage.size()));
        this.holdingBack = metrics.gauge(
                "funnel.bundle.holding_back",
                "{replica}",
                "Replicas of a stage that the gateway's current bundle version waits for",
                "stage");
        this.polls = new ScheduledThreadPoolExecutor(
                parts.size(),
                Thread.ofPlatform().daemon().name("version-poll-", 0).factory());
    }

    /** Asks every replica at once, and then again {@code interval} after each answer. */
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the process ends, and logs what goes wrong itself
    public void start(Duration interval) {
        parts.forEach(
                part -> polls.scheduleWithFixedDelay(() -> ask(part), 0, interval.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** The version to run on; empty before the gateway holds one. */
    public Optional<BundleVersion> pinned() {
        return choose(own.get());
    }

    /** Whether the gateway itself holds a version. */
    public boolean holds(BundleVersion version) {
        return own.get().contains(version);
    }

    /** Takes note that a stage does not hold a version, whatever it said; it is believed again when it is next asked. */
    public void refused(Stage stage, BundleVersion version) {
        parts.stream().filter(part -> part.stage() == stage).forEach(part -> part.refused(version));
    }

    /** Which version requests run on, what every replica holds, and which of them the current version waits for. */
    public RollOut rollOut() {
        List<BundleVersion> held = own.get();
        BundleVersion wanted = held.isEmpty() ? null : held.getFirst();
        return new RollOut(
                choose(held).orElse(null),
                parts.stream().flatMap(part -> part.statuses(wanted).stream()).toList());
    }

    @Override
    public void close() {
        polls.shutdownNow();
    }

    /** Asks every stage once, and returns when all have answered or failed to. */
    void askNow() {
        parts.forEach(this::ask);
    }

    private void ask(PartReplicas part) {
        try {
            part.ask();
            tell(rollOut());
        } catch (RuntimeException e) {
            log.error("{} could not be asked which versions it holds", part.stage(), e);
        }
    }

    private synchronized void tell(RollOut rollOut) {
        List<ReplicaStatus> waitedFor = rollOut.holdingBack();
        for (Stage stage : partsOf.keySet()) {
            long replicas = waitedFor.stream()
                    .filter(replica -> replica.stage() == stage)
                    .count();
            holdingBack.of(stage.name().toLowerCase(Locale.ROOT)).set(replicas);
        }
        String told = "requests run on bundle version " + rollOut.pinned()
                + (waitedFor.isEmpty() ? "" : "; the current one waits for " + names(waitedFor));
        if (rollOut.pinned() != null && !told.equals(lastTold)) {
            lastTold = told;
            log.info(told);
        }
    }

    private static String names(List<ReplicaStatus> replicas) {
        return replicas.stream()
                .map(replica -> replica.stage() + " " + replica.address() + ", which holds " + replica.versions())
                .collect(Collectors.joining("; "));
    }

    private Optional<BundleVersion> choose(List<BundleVersion> held) {
        BundleVersion best = null;
        double bestWeight = -1;
        for (BundleVersion version : held) {
            double weight = weight(version);
            if (weight > bestWeight) {
                best = version;
                bestWeight = weight;
            }
        }
        return Optional.ofNullable(best);
    }

    private double weight(BundleVersion version) {
        double weight = 0;
        for (PartReplicas part : parts) {
            weight += weight(part.stage()) * part.share(version) / partsOf.getOrDefault(part.stage(), 1);
        }
        return weight;
    }

    private static double weight(Stage stage) {
        return switch (stage) {
            case CANDIDATES -> 4;
            case RANKING -> 2;
            case RERANKING -> 1;
            case GATEWAY, UNKNOWN -> 0;
        };
    }
}
