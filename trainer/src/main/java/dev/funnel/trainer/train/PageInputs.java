package dev.funnel.trainer.train;

import dev.funnel.bundle.History;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Unclicked;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.prepare.Profiles;
import dev.funnel.trainer.rank.EarlierImpressions;
import dev.funnel.trainer.rank.GeneratorScores;
import dev.funnel.trainer.rank.Histories;
import dev.funnel.trainer.rank.ImpressionSources;
import dev.funnel.trainer.read.Codes;
import dev.funnel.trainer.read.ImpressionLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Logged pages and pools as what a ranker is asked: with the history as it was at that time. */
record PageInputs(Profiles profiles, Histories histories, GeneratorScores generators, EarlierImpressions earlier) {

    private static final int LONGEST_HISTORY = 1_000;

    private static final int ANONYMOUS = -1;
    private static final int[] AS_IF_FIRST = {};

    /** The impressions of one page, each as if it had been shown first. */
    RankingInput served(ImpressionLog log, int[] impressions) {
        return page(log, impressions, AS_IF_FIRST);
    }

    /** The impressions of one page, each at the position at which it was shown. */
    RankingInput shown(ImpressionLog log, int[] impressions) {
        int[] positions = new int[impressions.length];
        for (int i = 0; i < impressions.length; i++) {
            positions[i] = log.positions()[impressions[i]] + 1;
        }
        return page(log, impressions, positions);
    }

    private RankingInput page(ImpressionLog log, int[] impressions, int[] positions) {
        int first = impressions[0];
        int user = log.users()[first];
        long timeMs = log.timesMs()[first];
        int[] items = new int[impressions.length];
        for (int i = 0; i < impressions.length; i++) {
            items[i] = log.items()[impressions[i]];
        }
        History history = user == ANONYMOUS ? History.EMPTY : histories.before(user, timeMs, LONGEST_HISTORY);
        Asker asker = new Asker(-1, history, profiles.of(user), context(log, first), timeMs);
        List<GeneratorSignals> signals = ImpressionSources.nominated(
                generators.signals(asker, items),
                generators.generators(),
                new ImpressionSources(log.sources()).of(impressions));
        return named(user, input(asker, items, earlier.before(user, timeMs, items), signals, positions));
    }

    private static RankingInput input(
            Asker asker, int[] items, @Nullable Unclicked unclicked, List<GeneratorSignals> signals, int[] positions) {
        return new RankingInput(
                asker.timeMs(),
                asker.profile(),
                asker.context(),
                asker.history(),
                unclicked,
                items,
                signals,
                positions);
    }

    private static Map<String, FeatureValue> context(ImpressionLog log, int impression) {
        Map<String, FeatureValue> context = new HashMap<>();
        put(context, "country", log.country(), impression);
        put(context, "language", log.language(), impression);
        put(context, "device", log.device(), impression);
        return context;
    }

    private static void put(Map<String, FeatureValue> context, String name, Codes column, int impression) {
        String value = column.value(impression);
        if (value != null) {
            context.put(name, new FeatureValue.Text(value));
        }
    }

    /** A pool, ranked for a user at the time at which it was made. */
    RankingInput pool(HeldOutUser user, long timeMs) {
        History history = histories.before(user.user(), timeMs, LONGEST_HISTORY);
        int[] items = user.pool().items();
        Asker asker = Asker.atHome(history, profiles.of(user.user()), timeMs);
        return named(
                user.user(),
                input(
                        asker,
                        items,
                        earlier.before(user.user(), timeMs, items),
                        user.pool().nominatedSignals(generators.signals(asker, items)),
                        AS_IF_FIRST));
    }

    private RankingInput named(int user, RankingInput input) {
        return user == ANONYMOUS ? input : input.forUser(profiles.users().id(user));
    }
}
