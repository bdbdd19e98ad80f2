package dev.funnel.gateway.snapshot;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.runtime.wire.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which bundle version a request runs on: the first that the gateway and every stage hold, the gateway's current version before
 * its previous one, so that rolling the gateway back rolls the funnel back. Each stage is asked at intervals what it holds; one
 * that does not answer is taken to hold what it last said, or anything if it never said, so that a stage that is down stops
 * nobody. Where no version is held by all, it is the one with which least is lost: candidates weigh more than ranking, ranking
 * more than re-ranking.
 */
public final class VersionPin implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VersionPin.class);

    private final Supplier<List<BundleVersion>> own;
    private final Map<Stage, HeldVersions> stages;
    private final Map<Stage, Set<BundleVersion>> lastSaid = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor polls;

    /**
     * @param own the versions the gateway holds, the current one first
     * @param stages what to ask of each stage; each answers or throws within a bound of its own
     */
    public VersionPin(Supplier<List<BundleVersion>> own, Map<Stage, HeldVersions> stages) {
        this.own = own;
        this.stages = new EnumMap<>(stages);
        this.polls = new ScheduledThreadPoolExecutor(
                stages.size(),
                Thread.ofPlatform().daemon().name("version-poll-", 0).factory());
    }

    /** Asks every stage at once, and then again {@code interval} after each answer. */
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the process ends, and logs what goes wrong itself
    public void start(Duration interval) {
        stages.forEach((stage, versions) ->
                polls.scheduleWithFixedDelay(() -> ask(stage, versions), 0, interval.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** The version to run on; empty before the gateway holds one. */
    public Optional<BundleVersion> pinned() {
        return choose(own.get(), lastSaid);
    }

    /** Takes note that a stage does not hold a version, whatever it said; it is believed again when it is next asked. */
    public void refused(Stage stage, BundleVersion version) {
        lastSaid.computeIfPresent(stage, (refusing, said) -> without(said, version));
        lastSaid.computeIfAbsent(stage, refusing -> without(Set.copyOf(own.get()), version));
    }

    @Override
    public void close() {
        polls.shutdownNow();
    }

    /** Asks every stage once, and returns when all have answered or failed to. */
    void askNow() {
        stages.forEach(this::ask);
    }

    private void ask(Stage stage, HeldVersions versions) {
        try {
            Set<BundleVersion> says = Set.copyOf(versions.ask());
            if (!says.equals(lastSaid.put(stage, says))) {
                log.info("{} holds {}", stage, says);
            }
        } catch (HeldVersions.Unanswered e) {
            log.debug("{} does not say which versions it holds: {}", stage, e.getMessage());
        } catch (RuntimeException e) {
            log.error("{} could not be asked which versions it holds", stage, e);
        }
    }

    static Optional<BundleVersion> choose(List<BundleVersion> own, Map<Stage, Set<BundleVersion>> held) {
        BundleVersion best = null;
        int bestWeight = -1;
        for (BundleVersion version : own) {
            int weight = weight(version, held);
            if (weight > bestWeight) {
                best = version;
                bestWeight = weight;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int weight(BundleVersion version, Map<Stage, Set<BundleVersion>> held) {
        int weight = 0;
        for (Stage stage : Stage.values()) {
            Set<BundleVersion> versions = held.get(stage);
            if (versions == null || versions.contains(version)) {
                weight += weight(stage);
            }
        }
        return weight;
    }

    private static int weight(Stage stage) {
        return switch (stage) {
            case CANDIDATES -> 4;
            case RANKING -> 2;
            case RERANKING -> 1;
            case GATEWAY, UNKNOWN -> 0;
        };
    }

    private static Set<BundleVersion> without(Set<BundleVersion> versions, BundleVersion refused) {
        return versions.stream().filter(version -> !version.equals(refused)).collect(Collectors.toUnmodifiableSet());
    }
}
