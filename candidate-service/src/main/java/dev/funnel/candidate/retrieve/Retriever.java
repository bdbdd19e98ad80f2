package dev.funnel.candidate.retrieve;

import dev.funnel.bundle.ItemTest;
import dev.funnel.candidate.cache.Later;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.GeneratorSettings;
import dev.funnel.candidate.generate.Question;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.candidate.snapshot.CandidateSnapshot;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.error.Overloaded;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.ComponentReport;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.StageReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a request into a pool of candidates: asks the generators in parallel, with every rule applied inside their searches, and
 * merges what they nominate with its provenance. What a generator fails to bring is a degradation; only if none answered in time
 * is the call late.
 */
public final class Retriever implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofMillis(100);

    private final Snapshots<CandidateSnapshot> snapshots;
    private final ArithmeticPool arithmetic;
    private final Panel panel;
    private final SpareTime spare;
    private final Duration reserve;

    /**
     * Over the versions held.
     *
     * @param reserve what is kept of each call's time for merging, at most half of it
     * @param recallSample one in so many searches of an approximate index is repeated exactly; 0: none
     */
    public Retriever(
            Snapshots<CandidateSnapshot> snapshots,
            ArithmeticPool arithmetic,
            List<GeneratorSettings> configured,
            Duration reserve,
            int recallSample,
            Metrics metrics) {
        this.snapshots = snapshots;
        this.arithmetic = arithmetic;
        this.spare = new SpareTime(arithmetic);
        this.panel = new Panel(
                arithmetic, configured, new GeneratorMetrics(metrics), new RecallSample(recallSample, spare, metrics));
        this.reserve = reserve;
    }

    /**
     * A pool for the request.
     *
     * @throws dev.funnel.runtime.error.Refusal if the version is not held, a predicate does not fit its columns, or no generator
     *     answered in time
     */
    public Retrieval retrieve(RetrievalRequest request, Deadline deadline) {
        long begun = System.nanoTime();
        try (Lease<CandidateSnapshot> lease = snapshots.lease(request.bundle())) {
            CandidateSnapshot snapshot = lease.snapshot();
            Prepared prepared = Prepared.of(snapshot, request, work -> spare.offer(lease, work));
            List<Integer> shards = searched(request, snapshot.shards());
            List<Answer> answers = shards.isEmpty()
                    ? List.of()
                    : panel.ask(
                            lease,
                            asks(request, snapshot),
                            prepared.inquiry(request, snapshot, shards),
                            deadline.minus(reserved(deadline)));
            requireOne(answers);
            List<Degradation> degradations = degradations(request, snapshot.shards(), answers);
            Merged merged = arithmetic.call(
                    deadline, () -> merge(snapshot, prepared, answers, request, deadline, degradations));
            return new Retrieval(
                    lease.bundle(),
                    merged.candidates,
                    merged.outcomes,
                    degradations,
                    report(request, answers, merged.pool, Duration.ofNanos(System.nanoTime() - begun)),
                    merged.traces);
        }
    }

    @Override
    public void close() {
        panel.close();
    }

    /**
     * The request in the numbers of one bundle version. Made where the request was read, because ids are looked up about as fast as they
     * are read, and handing this over would take longer.
     */
    private record Prepared(Question question, ItemRules rules) {
        static Prepared of(CandidateSnapshot snapshot, RetrievalRequest request, Later later) {
            return new Prepared(
                    Question.of(request.user(), request.query(), snapshot.items(), snapshot.users()),
                    ItemRules.of(snapshot, request.user(), request.query(), request.strictRules(), later));
        }

        /** What is asked of these shards; {@code rules} speaks of items of all shards. */
        Inquiry inquiry(RetrievalRequest request, CandidateSnapshot snapshot, List<Integer> shards) {
            boolean all = shards.size() == snapshot.shards().count();
            ItemTest within = all ? ItemTest.ALL : snapshot.shards().within(snapshot.items(), shards);
            return new Inquiry(
                    question,
                    rules.filter().and(within),
                    rules.allowingWatched().filter().and(within),
                    request.effort(),
                    request.partial());
        }
    }

    private record Merged(CandidatePool pool, Candidates candidates, List<Outcome> outcomes, List<ItemTrace> traces) {}

    /** Merges on one thread in one go: every hand-over would cost as much as a search. */
    private Merged merge(
            CandidateSnapshot snapshot,
            Prepared prepared,
            List<Answer> answers,
            RetrievalRequest request,
            Deadline deadline,
            List<Degradation> degradations) {
        Deadline scored = deadline.minus(reserved(deadline).dividedBy(2));
        Deadline traced = deadline.minus(reserve.dividedBy(2));
        List<Answer.Found> found = found(answers);
        CandidatePool pool = CandidatePool.of(found, snapshot.items());
        Candidates candidates = pool.candidates(poolScores(pool, scored, degradations));
        Tracer tracer = new Tracer(snapshot, searched(request, snapshot.shards()), prepared.rules, found, pool, traced);
        return new Merged(
                pool,
                candidates,
                answers.stream().map(answer -> answer.outcome(pool)).toList(),
                request.tracedItemIds().isEmpty() ? List.of() : tracer.trace(request.tracedItemIds()));
    }

    private static List<float[]> poolScores(CandidatePool pool, Deadline latest, List<Degradation> degradations) {
        try {
            return pool.poolScores(latest);
        } catch (DeadlinePassed e) {
            degradations.add(degradation(
                    DegradationKind.LATE, "pool-scores", String.valueOf(e.getMessage()), "nominated scores only"));
            return List.of();
        }
    }

    private Duration reserved(Deadline deadline) {
        Duration half = deadline.remaining().dividedBy(2);
        return half.compareTo(reserve) < 0 ? half : reserve;
    }

    /** Of the shards wanted, those that are served here. */
    private static List<Integer> searched(RetrievalRequest request, ServedShards shards) {
        return request.shards().isEmpty()
                ? shards.served()
                : request.shards().stream().filter(shards::serves).distinct().toList();
    }

    private static List<GeneratorAsk> asks(RetrievalRequest request, CandidateSnapshot snapshot) {
        return request.generators().isEmpty()
                ? snapshot.generators().stream()
                        .map(Generator::name)
                        .map(name -> new GeneratorAsk(name, 0))
                        .toList()
                : request.generators();
    }

    private static List<Answer.Found> found(List<Answer> answers) {
        return answers.stream()
                .filter(Answer.Found.class::isInstance)
                .map(Answer.Found.class::cast)
                .toList();
    }

    /** Refuses the call if time or room, and nothing else, kept every generator from answering. */
    private static void requireOne(List<Answer> answers) {
        List<Answer.Lost> lost = answers.stream()
                .filter(Answer.Lost.class::isInstance)
                .map(Answer.Lost.class::cast)
                .toList();
        if (lost.isEmpty() || lost.size() < answers.size()) {
            return;
        }
        if (lost.stream().allMatch(each -> each.kind() == DegradationKind.SHED)) {
            throw new Overloaded(
                    "no generator could be asked: " + lost.getFirst().cause(), RETRY_AFTER);
        }
        if (lost.stream().allMatch(Retriever::isWantOfTime)) {
            throw new DeadlinePassed(
                    "no generator answered in time: " + lost.getFirst().cause());
        }
    }

    private static boolean isWantOfTime(Answer.Lost lost) {
        return lost.kind() == DegradationKind.LATE || lost.kind() == DegradationKind.SHED;
    }

    private static List<Degradation> degradations(RetrievalRequest request, ServedShards shards, List<Answer> answers) {
        List<Degradation> degradations = new ArrayList<>();
        for (int shard : request.shards()) {
            if (!shards.serves(shard)) {
                degradations.add(degradation(
                        DegradationKind.SHARD_MISSING, "shard-" + shard, "this process does not serve it", ""));
            }
        }
        if (request.effort() < 1) {
            degradations.add(degradation(
                    DegradationKind.REDUCED_EFFORT,
                    "",
                    "effort " + request.effort() + " was asked for",
                    "fewer candidates"));
        }
        for (Answer answer : answers) {
            degradation(answer, degradations);
        }
        return degradations;
    }

    private static void degradation(Answer answer, List<Degradation> into) {
        switch (answer) {
            case Answer.Lost lost ->
                into.add(degradation(lost.kind(), lost.name(), lost.cause(), "candidates of the other generators"));
            case Answer.Found found
            when !found.hits().complete() ->
                into.add(degradation(
                        DegradationKind.REDUCED_EFFORT,
                        found.name(),
                        "its search was cut off by " + found.cutOff(),
                        "the best it had seen"));
            case Answer.Found found -> {}
            case Answer.NotApplicable notApplicable -> {}
        }
    }

    private static Degradation degradation(DegradationKind kind, String component, String cause, String instead) {
        return new Degradation(Stage.CANDIDATES, kind, component, cause, instead);
    }

    private static StageReport report(
            RetrievalRequest request, List<Answer> answers, CandidatePool pool, Duration elapsed) {
        List<ComponentReport> components = request.explain()
                ? found(answers).stream().map(Retriever::component).toList()
                : List.of();
        return new StageReport(Stage.CANDIDATES, 0, pool.size(), elapsed, components);
    }

    private static ComponentReport component(Answer.Found found) {
        return new ComponentReport(
                found.name(),
                0,
                found.hits().size(),
                found.elapsed(),
                found.search().note());
    }
}
