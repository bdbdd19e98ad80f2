package dev.funnel.trainer.generate;

import dev.funnel.bundle.SearchTokens;
import dev.funnel.bundle.UserTable;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.learn.Vocabularies;
import dev.funnel.trainer.prepare.Deeds;
import dev.funnel.trainer.prepare.Searches;
import dev.funnel.trainer.prepare.Whereabouts;
import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.tower.FutureExamples;
import dev.funnel.trainer.tower.TowerExamples;
import dev.funnel.trainer.tower.TowerFit;
import dev.funnel.trainer.tower.TowerInput;
import dev.funnel.trainer.tower.TowerSettings;
import dev.funnel.trainer.tower.UnorderedExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Fits a retrieval network to what a part of a log holds.
 *
 * @param similarity by which items are found; how the network is trained does not depend on it
 */
record TowerFitting(String name, TowerSettings settings, Similarity similarity) implements Fitting {
    /** How many people an index of the items is tried with at most. */
    private static final int MOST_PEOPLE = 200;

    private static final List<String> CONTEXTS = List.of("country", "language", "device");

    @Override
    public FittedGenerator fit(FittingInput input, Progress progress) {
        return new FittedTowers(
                TowerFit.fit(towerInput(input, settings), settings, "generators/" + name, progress),
                input,
                people(input),
                similarity,
                Map.of(
                        "epochs", (double) settings.descent().epochs(),
                        "depth", (double) settings.query().hidden().size(),
                        "temperature", settings.temperature()));
    }

    /** Some who did something, spread evenly, as they ask after all that may be known. */
    private static List<Asker> people(FittingInput input) {
        int[] active = IntStream.range(0, input.userCount())
                .filter(user -> input.histories().of(user).size() > 0)
                .toArray();
        int count = Math.min(MOST_PEOPLE, active.length);
        long nowMs = input.lastMs(input.places());
        return IntStream.range(0, count)
                .map(i -> active[(int) ((long) i * active.length / count)])
                .mapToObj(user -> Asker.atHome(
                        input.histories().of(user), input.profiles().of(user), nowMs))
                .toList();
    }

    /** What towers are trained on: with times the future, without any part of what a user did. */
    static TowerInput towerInput(FittingInput input, TowerSettings settings) {
        Deeds deeds = input.deeds();
        UserTable users = input.users();
        boolean timed = deeds.log().timed();
        long untilMs = timed ? input.lastMs(input.places()) : Long.MAX_VALUE;
        Searches searches = Searches.of(deeds.log().searches(), deeds.userCount());
        Vocabularies.Counting texts =
                new Vocabularies.Counting().table(input.items()).table(users);
        searches.tokens(untilMs).forEach(token -> texts.text(SearchTokens.COLUMN, token, 1));
        ImpressionLog impressions = input.impressions();
        if (impressions != null) {
            texts.codes("country", impressions.country())
                    .codes("language", impressions.language())
                    .codes("device", impressions.device());
        }
        TowerExamples examples =
                timed ? future(input, searches, impressions, settings) : unordered(input, searches, settings);
        return new TowerInput(input.items(), users, texts.vocabularies(), CONTEXTS, timed, examples);
    }

    private static TowerExamples future(
            FittingInput input, Searches searches, @Nullable ImpressionLog impressions, TowerSettings settings) {
        return new FutureExamples(
                input.deeds(),
                input.places(),
                input.histories(),
                input.profiles(),
                searches,
                Whereabouts.of(impressions, input.userCount()),
                settings);
    }

    private static TowerExamples unordered(FittingInput input, Searches searches, TowerSettings settings) {
        List<Map<String, FeatureValue>> profiles = new ArrayList<>();
        for (int user = 0; user < input.userCount(); user++) {
            profiles.add(FutureExamples.known(input.profiles().of(user), searches.before(user, Long.MAX_VALUE)));
        }
        return new UnorderedExamples(input.matrix(), profiles::get, settings);
    }
}
