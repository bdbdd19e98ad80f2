package dev.funnel.cli.evaluate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.GeneratorKinds;
import dev.funnel.candidate.generate.GeneratorSettings;
import dev.funnel.candidate.generate.Question;
import dev.funnel.candidate.generate.Serving;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.reranker.rerank.Reranked.Placed;
import dev.funnel.reranker.rerank.Reranker;
import dev.funnel.reranker.rerank.SlateRequest;
import dev.funnel.reranker.rule.Policy;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.user.JoinedUser;
import dev.funnel.runtime.user.UserStates;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.Interactions;
import dev.funnel.runtime.wire.Query;
import dev.funnel.trainer.train.NcfTraining;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The funnel in one process, without services, transport or gateway: the generators' top lists, their union, the ranker's scores
 * and the reranker's slate, computed from the bundle with the classes that the services are made of. What is served has to
 * agree with it.
 */
final class OfflineFunnel implements AutoCloseable {

    private static final Duration TIME_ENOUGH = Duration.ofMinutes(1);

    private final Bundle bundle;
    private final List<Generator> generators = new ArrayList<>();
    private final Ranker ranker;
    private final Reranker reranker = new Reranker(Ticker.SYSTEM);
    private final RerankerSnapshot reranking;
    private final Policy policy;
    private final Instant time;

    /**
     * Loads everything from a bundle, which it does not close.
     *
     * @param embedding generator whose item vectors the reranker compares
     * @param time the instant slates are for
     */
    OfflineFunnel(Bundle bundle, Policy policy, String embedding, Instant time) throws BundleRefusedException {
        this.bundle = bundle;
        this.policy = policy;
        this.time = time;
        GeneratorKinds kinds = GeneratorKinds.installed();
        Serving serving = Serving.of(ServedShards.all(bundle.shards()));
        for (GeneratorEntry entry : bundle.manifest().generators()) {
            GeneratorSettings usual = GeneratorSettings.usual(entry.name(), entry.kind());
            generators.add(kinds.get(entry.kind()).load(bundle, entry, usual, serving));
        }
        RankerEntry entry = Objects.requireNonNull(bundle.manifest().ranker(), "the bundle has no ranker");
        this.ranker = Ranker.load(bundle, entry);
        this.reranking = RerankerSnapshot.load(bundle, embedding);
    }

    /** The slates of every system for one user, by the system's name. */
    Map<String, int[]> slates(int user) {
        Query query = new Query(NcfTraining.id(user), Interactions.NONE, "", Context.UNKNOWN.at(time), List.of(), null);
        JoinedUser joined = UserStates.join(bundle.items(), bundle.users(), query);
        Question question = Question.of(joined.state(), query, bundle.items(), bundle.users());
        OfflinePool pool = OfflinePool.of(generators, question, notWatched(joined));
        Map<String, int[]> slates = new LinkedHashMap<>();
        pool.nominations().forEach((name, items) -> slates.put(name, items));
        pool.orders().forEach((name, scores) -> slates.put(overThePool(name), best(pool, scores)));
        slates.put(EvaluationPipelines.POOLED, best(pool, pool.calibrated()));
        float[] ranked = ranker.score(input(pool, joined.state().history(bundle.items()))
                .forUser(joined.state().userId()));
        slates.put(EvaluationPipelines.RANKED, best(pool, ranked));
        slates.put(EvaluationPipelines.RERANKED, rerank(pool, ranked, joined, query));
        slates.replaceAll((name, items) -> numbers(items));
        return slates;
    }

    /** The name under which a generator's order of the whole pool is reported. */
    static String overThePool(String generator) {
        return generator + "-order-of-pool";
    }

    @Override
    public void close() {
        ranker.close();
        generators.forEach(Generator::close);
    }

    private static ItemTest notWatched(JoinedUser joined) {
        return item ->
                Arrays.binarySearch(joined.watched(), item) < 0 && Arrays.binarySearch(joined.disliked(), item) < 0;
    }

    private RankingInput input(OfflinePool pool, History history) {
        return new RankingInput(
                time.toEpochMilli(), Map.of(), Map.of(), history, null, pool.items(), pool.signals(), new int[0]);
    }

    private int[] rerank(OfflinePool pool, float[] scores, JoinedUser joined, Query query) {
        dev.funnel.reranker.rule.Pool candidates =
                new dev.funnel.reranker.rule.Pool(ids(pool.items()), pool.items(), scores);
        RerankInput input = new RerankInput(reranking, candidates, joined.state(), query, 0);
        SlateRequest request = new SlateRequest(Slates.SIZE, List.of(), List.of(), false);
        return reranker.rerank(policy, input, request, Deadline.after(TIME_ENOUGH)).slate().stream()
                .mapToInt(Placed::position)
                .map(position -> pool.items()[position])
                .toArray();
    }

    /** The best of the pool by these scores; ties by item id. */
    private int[] best(OfflinePool pool, float[] scores) {
        Integer[] order = new Integer[pool.items().length];
        Arrays.setAll(order, position -> position);
        String[] ids = ids(pool.items());
        Arrays.sort(order, (a, b) -> {
            int byScore = Float.compare(scores[b], scores[a]);
            return byScore != 0 ? byScore : ids[a].compareTo(ids[b]);
        });
        return Arrays.stream(order)
                .limit(Slates.SIZE)
                .mapToInt(position -> pool.items()[position])
                .toArray();
    }

    private String[] ids(int[] items) {
        return Arrays.stream(items).mapToObj(bundle.items()::id).toArray(String[]::new);
    }

    private int[] numbers(int[] items) {
        return Arrays.stream(items)
                .limit(Slates.SIZE)
                .mapToObj(bundle.items()::id)
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
