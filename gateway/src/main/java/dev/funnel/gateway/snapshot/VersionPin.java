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
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which bundle version a request runs on: the first that the gateway and every stage hold, the gateway's current version before
 * its previous one, so that rolling the gateway back rolls the funnel back. Each part of each stage is asked at intervals what it holds; one
 * that does not answer is taken to hold what it last said, or anything if it never said, so that a stage that is down stops
 * nobody. Where no version is held by all, it is the one with which least is lost: candidates weigh more than ranking, ranking
 * more than re-ranking.
 */
public final class VersionPin implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VersionPin.class);

    private final Supplier<List<BundleVersion>> own;
    private final Map<Stage, List<HeldVersions>> stages;
    private final Map<Part, Set<BundleVersion>> lastSaid = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor polls;

    /** One of the processes that a stage is spread over, counted from 0. */
    private record Part(Stage stage, int number) {
        @Override
        public String toString() {
            return stage + (number == 0 ? "" : " part " + number);
        }
    }

    /**
     * @param own the versions the gateway holds, the current one first
     * @param stages whom to ask of each stage, one for each part of it; each answers or throws within a bound of its own
     */
    public VersionPin(Supplier<List<BundleVersion>> own, Map<Stage, List<HeldVersions>> stages) {
        this.own = own;
        this.stages = new EnumMap<>(stages);
        this.polls = new ScheduledThreadPoolExecutor(
                stages.values().stream().mapToInt(List::size).sum(),
                Thread.ofPlatform().daemon().name("version-poll-", 0).factory());
    }

    /** Asks every stage at once, and then again {@code interval} after each answer. */
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the process ends, and logs what goes wrong itself
    public void start(Duration interval) {
        forEachPart((part, versions) ->
                polls.scheduleWithFixedDelay(() -> ask(part, versions), 0, interval.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** The version to run on; empty before the gateway holds one. */
    public Optional<BundleVersion> pinned() {
        return choose(own.get());
    }

    /** Takes note that a stage does not hold a version, whatever it said; it is believed again when it is next asked. */
    public void refused(Stage stage, BundleVersion version) {
        forEachPart((part, versions) -> {
            if (part.stage() == stage) {
                lastSaid.merge(part, without(Set.copyOf(own.get()), version), (said, unused) -> without(said, version));
            }
        });
    }

    @Override
    public void close() {
        polls.shutdownNow();
    }

    /** Asks every stage once, and returns when all have answered or failed to. */
    void askNow() {
        forEachPart(this::ask);
    }

    private void ask(Part part, HeldVersions versions) {
        try {
            Set<BundleVersion> says = Set.copyOf(versions.ask());
            if (!says.equals(lastSaid.put(part, says))) {
                log.info("{} holds {}", part, says);
            }
        } catch (HeldVersions.Unanswered e) {
            log.debug("{} does not say which versions it holds: {}", part, e.getMessage());
        } catch (RuntimeException e) {
            log.error("{} could not be asked which versions it holds", part, e);
        }
    }

    private void forEachPart(BiConsumer<Part, HeldVersions> what) {
        stages.forEach((stage, parts) -> {
            for (int number = 0; number < parts.size(); number++) {
                what.accept(new Part(stage, number), parts.get(number));
            }
        });
    }

    private Optional<BundleVersion> choose(List<BundleVersion> own) {
        BundleVersion best = null;
        double bestWeight = -1;
        for (BundleVersion version : own) {
            double weight = weight(version);
            if (weight > bestWeight) {
                best = version;
                bestWeight = weight;
            }
        }
        return Optional.ofNullable(best);
    }

    /** A stage of which some parts hold the version counts by their share. */
    private double weight(BundleVersion version) {
        double weight = 0;
        for (Map.Entry<Stage, List<HeldVersions>> stage : stages.entrySet()) {
            int parts = stage.getValue().size();
            int holding = 0;
            for (int number = 0; number < parts; number++) {
                Set<BundleVersion> versions = lastSaid.get(new Part(stage.getKey(), number));
                holding += versions == null || versions.contains(version) ? 1 : 0;
            }
            weight += (double) weight(stage.getKey()) * holding / parts;
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
