package dev.funnel.cli.evaluate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.CategoryColumn;
import dev.funnel.reranker.rerank.ExposureLedger;
import dev.funnel.reranker.rerank.NamedPolicy;
import dev.funnel.reranker.rerank.PolicySet;
import dev.funnel.reranker.rerank.Reranked;
import dev.funnel.reranker.rerank.Reranker;
import dev.funnel.reranker.rerank.SlateRequest;
import dev.funnel.reranker.rule.ClickBait;
import dev.funnel.reranker.rule.Pool;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.user.JoinedUser;
import dev.funnel.runtime.wire.FeatureValue;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.simulate.DemoWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares reranking policies on the demo world, where the truth is known: for the same viewers, candidates and scores, the slates
 * of every policy. Everything is computed with the classes that the services are made of.
 */
public final class RerankEvaluation implements AutoCloseable {
    private static final int SLATE = 20;
    private static final Duration TIME_ENOUGH = Duration.ofMinutes(1);
    private static final String GROUPS = "uploader_size";
    private static final String USER_GROUPS = "language";
    private static final String EMBEDDING = "als";

    private final DemoWorld world;
    private final Bundle bundle;
    private final PolicySet policies;
    private final BundlePools pools;
    private final RerankerSnapshot snapshot;
    private final Reranker reranker = new Reranker(Ticker.SYSTEM);
    private final ExposureLedger ledger = new ExposureLedger();
    private final Instant time;

    /**
     * @param world whose data the bundle was trained on; users and items have the same rows
     * @throws BundleRefusedException if the bundle cannot be loaded, or a policy does not fit it
     */
    public RerankEvaluation(DemoWorld world, Bundle bundle, PolicySet policies) throws BundleRefusedException {
        this.world = world;
        this.bundle = bundle;
        this.policies = policies;
        this.pools = new BundlePools(bundle);
        this.time = pools.time();
        this.snapshot = RerankerSnapshot.load(bundle, EMBEDDING);
        List<String> problems = policies.problems(snapshot);
        if (!problems.isEmpty()) {
            throw new BundleRefusedException("items.safetensors", String.join("; ", problems));
        }
    }

    /** The figures of every policy, over the slates of so many viewers. */
    public List<RerankFigures> run(int viewers, Progress progress) {
        Map<String, RerankTally> tallies = new LinkedHashMap<>();
        policies.all().forEach(policy -> tallies.put(policy.name(), new RerankTally(world)));
        int[] users = pools.users(viewers);
        for (int i = 0; i < users.length; i++) {
            progress.advance("re-ranking", (double) i / users.length);
            serve(users[i], tallies);
        }
        return policies.all().stream()
                .map(policy -> Objects.requireNonNull(tallies.get(policy.name()))
                        .figures(policy.name(), bundle.items().size()))
                .toList();
    }

    @Override
    public void close() {
        pools.close();
        snapshot.close();
    }

    private void serve(int user, Map<String, RerankTally> tallies) {
        BundlePools.Asked asked = pools.ask(user);
        OfflinePool pool = asked.pool();
        JoinedUser joined = asked.joined();
        float[] scores = pools.ranker().score(asked.input());
        String[] ids = Arrays.stream(pool.items()).mapToObj(bundle.items()::id).toArray(String[]::new);
        for (NamedPolicy policy : policies.all()) {
            RerankInput input = new RerankInput(
                    snapshot,
                    new Pool(ids, pool.items(), scores),
                    joined.state(),
                    asked.query(),
                    user,
                    Map.of(),
                    ledger.view(policy.name(), time.toEpochMilli()));
            SlateRequest request = new SlateRequest(SLATE, List.of(), List.of(), false);
            Reranked reranked = reranker.rerank(policy.policy(), input, request, Deadline.after(TIME_ENOUGH));
            ledger.add(policy.name(), reranked.reaches(), time.toEpochMilli());
            tally(
                    Objects.requireNonNull(tallies.get(policy.name())),
                    policy,
                    user,
                    pool.items(),
                    scores,
                    joined,
                    reranked);
        }
    }

    private void tally(
            RerankTally tally,
            NamedPolicy policy,
            int user,
            int[] pool,
            float[] scores,
            JoinedUser joined,
            Reranked reranked) {
        int[] slate = reranked.slate().stream()
                .mapToInt(placed -> pool[placed.position()])
                .toArray();
        float[] predicted = new float[slate.length];
        String[] groups = new String[slate.length];
        for (int place = 0; place < slate.length; place++) {
            predicted[place] = scores[reranked.slate().get(place).position()];
            groups[place] = group(slate[place]);
        }
        String userGroup =
                joined.state().profile().get(USER_GROUPS) instanceof FeatureValue.Text(String text) ? text : "none";
        tally.add(user, time.toEpochMilli(), pool, slate, predicted, userGroup, groups, reranked.measures());
        policy.policy().filters().forEach(filter -> {
            if (filter instanceof ClickBait bait) {
                float[] probabilities = snapshot.clickBait(pool, time.toEpochMilli());
                for (int i = 0; i < pool.length; i++) {
                    tally.addRemoved(pool[i], probabilities[i] > bait.above());
                }
            }
        });
    }

    private String group(int item) {
        CategoryColumn groups = bundle.items().category(GROUPS);
        return groups == null || groups.code(item) < 0 ? "none" : groups.value(groups.code(item));
    }
}
