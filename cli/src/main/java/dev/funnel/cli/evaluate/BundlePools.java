package dev.funnel.cli.evaluate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.GeneratorKinds;
import dev.funnel.candidate.generate.GeneratorSettings;
import dev.funnel.candidate.generate.Question;
import dev.funnel.candidate.generate.Serving;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.runtime.user.JoinedUser;
import dev.funnel.runtime.user.UserStates;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.FeatureValue;
import dev.funnel.runtime.wire.Interactions;
import dev.funnel.runtime.wire.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a bundle's generators nominate for its users at the end of its data, and what its ranker says of that. */
final class BundlePools implements AutoCloseable {
    private final Bundle bundle;
    private final List<Generator> generators = new ArrayList<>();
    private final Ranker ranker;
    private final Instant time;

    /**
     * One user's pool.
     *
     * @param query that was asked
     * @param input what the ranker was asked
     */
    record Asked(Query query, JoinedUser joined, OfflinePool pool, RankingInput input) {}

    BundlePools(Bundle bundle) throws BundleRefusedException {
        this.bundle = bundle;
        this.time = Objects.requireNonNull(bundle.manifest().trainedUntil(), "the data have no times");
        GeneratorKinds kinds = GeneratorKinds.installed();
        Serving serving = Serving.of(ServedShards.all(bundle.shards()));
        for (GeneratorEntry entry : bundle.manifest().generators()) {
            generators.add(kinds.get(entry.kind())
                    .load(bundle, entry, GeneratorSettings.usual(entry.name(), entry.kind()), serving));
        }
        RankerEntry entry = Objects.requireNonNull(bundle.manifest().ranker(), "the bundle has no ranker");
        this.ranker = Ranker.load(bundle, entry);
    }

    Instant time() {
        return time;
    }

    Ranker ranker() {
        return ranker;
    }

    /** Rows of so many users, spread evenly over the table. */
    int[] users(int most) {
        int size = bundle.users().size();
        int count = Math.min(most, size);
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> (int) ((long) i * size / count));
        return rows;
    }

    /** Asks every generator for a user; what was watched or disliked is left out. */
    Asked ask(int user) {
        Query query =
                new Query(bundle.users().id(user), Interactions.NONE, "", Context.UNKNOWN.at(time), List.of(), null);
        JoinedUser joined = UserStates.join(bundle.items(), bundle.users(), query);
        OfflinePool pool = OfflinePool.of(
                generators,
                Question.of(joined.state(), query, bundle.items(), bundle.users()),
                item -> Arrays.binarySearch(joined.watched(), item) < 0
                        && Arrays.binarySearch(joined.disliked(), item) < 0);
        RankingInput input = new RankingInput(
                time.toEpochMilli(),
                profile(joined),
                Map.of(),
                joined.state().history(bundle.items()),
                null,
                pool.items(),
                pool.signals(),
                new int[0]);
        return new Asked(query, joined, pool, input);
    }

    private static Map<String, dev.funnel.inference.feature.FeatureValue> profile(JoinedUser joined) {
        Map<String, dev.funnel.inference.feature.FeatureValue> profile = new HashMap<>();
        joined.state().profile().forEach((name, value) -> {
            switch (value) {
                case FeatureValue.Text(String text) ->
                    profile.put(name, new dev.funnel.inference.feature.FeatureValue.Text(text));
                case FeatureValue.Number(double number) ->
                    profile.put(name, new dev.funnel.inference.feature.FeatureValue.Number(number));
                case FeatureValue.Texts(List<String> texts) ->
                    profile.put(name, new dev.funnel.inference.feature.FeatureValue.Texts(texts));
                case FeatureValue.Missing() -> {}
            }
        });
        return profile;
    }

    @Override
    public void close() {
        ranker.close();
        generators.forEach(Generator::close);
    }
}
