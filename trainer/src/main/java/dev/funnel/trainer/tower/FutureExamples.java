package dev.funnel.trainer.tower;

import dev.funnel.bundle.History;
import dev.funnel.bundle.SearchTokens;
import dev.funnel.inference.Tower;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.trainer.prepare.Deeds;
import dev.funnel.trainer.prepare.Profiles;
import dev.funnel.trainer.prepare.Searches;
import dev.funnel.trainer.prepare.UserHistories;
import dev.funnel.trainer.prepare.Whereabouts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Examples from a log with times: the label is a completed watch, wherever it came from, and the input only what was known before
 * it; of each user as many an epoch, drawn anew each time (Covington et al. 2016, section 3.4).
 */
public final class FutureExamples implements TowerExamples {
    private static final int LONGEST_HISTORY = 1_000;

    private final Deeds deeds;
    private final int[] labels;
    private final int[] firstOfUser;
    private final UserHistories histories;
    private final Profiles profiles;
    private final Searches searches;
    private final Whereabouts whereabouts;
    private final TowerSettings settings;
    private final long untilMs;

    /**
     * Of the positive interactions at these places.
     *
     * @param histories of the interactions at the same places
     */
    public FutureExamples(
            Deeds deeds,
            int[] places,
            UserHistories histories,
            Profiles profiles,
            Searches searches,
            Whereabouts whereabouts,
            TowerSettings settings) {
        this.deeds = deeds;
        this.histories = histories;
        this.profiles = profiles;
        this.searches = searches;
        this.whereabouts = whereabouts;
        this.settings = settings;
        int[] users = deeds.log().users();
        this.labels = Arrays.stream(places)
                .filter(place -> deeds.positive()[place])
                .boxed()
                .sorted((a, b) -> Integer.compare(users[a], users[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.firstOfUser = new int[deeds.userCount() + 1];
        for (int place : labels) {
            firstOfUser[users[place] + 1]++;
        }
        Arrays.parallelPrefix(firstOfUser, Integer::sum);
        this.untilMs = Arrays.stream(places)
                .mapToLong(place -> deeds.log().timesMs()[place])
                .max()
                .orElse(0);
    }

    /** Whether there is anything to learn from. */
    public boolean isEmpty() {
        return labels.length == 0;
    }

    @Override
    public float[] labelShares() {
        float[] shares = new float[deeds.itemCount()];
        double sum = 0;
        for (int user = 0; user < deeds.userCount(); user++) {
            int own = firstOfUser[user + 1] - firstOfUser[user];
            float each = Math.min(1f, (float) settings.sampling().examplesPerUser() / Math.max(1, own));
            for (int i = firstOfUser[user]; i < firstOfUser[user + 1]; i++) {
                shares[deeds.log().items()[labels[i]]] += each;
                sum += each;
            }
        }
        for (int item = 0; item < shares.length; item++) {
            shares[item] = (float) (shares[item] / sum);
        }
        return shares;
    }

    @Override
    public Epoch epoch(int number) {
        SplittableRandom random = new SplittableRandom(settings.seed() * 31 + number);
        int[] drawn = IntStream.range(0, deeds.userCount())
                .mapToObj(user -> Drawing.some(
                        firstOfUser[user],
                        firstOfUser[user + 1],
                        settings.sampling().examplesPerUser(),
                        random))
                .flatMapToInt(Arrays::stream)
                .map(i -> labels[i])
                .toArray();
        int[] places = IntStream.of(Drawing.shuffled(drawn.length, random))
                .map(i -> drawn[i])
                .toArray();
        return new Drawn(places, random.nextLong());
    }

    private final class Drawn implements Epoch {
        private final int[] places;
        private final long seed;

        Drawn(int[] places, long seed) {
            this.places = places;
            this.seed = seed;
        }

        @Override
        public int size() {
            return places.length;
        }

        @Override
        public int[] labels(int example) {
            return new int[] {deeds.log().items()[places[example]]};
        }

        @Override
        public RankingInput person(int example) {
            int place = places[example];
            int user = deeds.log().users()[place];
            long timeMs = deeds.log().timesMs()[place];
            SplittableRandom random = new SplittableRandom(seed + example);
            History history = kept(histories.before(user, timeMs, LONGEST_HISTORY), random);
            boolean stranger = random.nextDouble() < settings.sampling().strangers();
            return RankingInput.ofPerson(
                    timeMs,
                    stranger ? Map.of() : known(profiles.of(user), searches.before(user, timeMs)),
                    whereabouts.before(user, timeMs),
                    history,
                    (untilMs - timeMs) / 1000f);
        }

        private History kept(History history, SplittableRandom random) {
            int[] kept = IntStream.range(0, history.size())
                    .filter(i -> random.nextDouble() < settings.sampling().historyKept())
                    .toArray();
            return new History(
                    Arrays.stream(kept).map(i -> history.items()[i]).toArray(),
                    Arrays.stream(kept).mapToLong(i -> history.timesMs()[i]).toArray(),
                    bytes(history.kinds(), kept),
                    Arrays.stream(kept).mapToLong(i -> history.watchedMs()[i]).toArray(),
                    floats(history.weights(), kept));
        }

        private static byte[] bytes(byte[] values, int[] kept) {
            byte[] some = new byte[kept.length];
            for (int i = 0; i < kept.length; i++) {
                some[i] = values[kept[i]];
            }
            return some;
        }

        private static float[] floats(float[] values, int[] kept) {
            float[] some = new float[kept.length];
            for (int i = 0; i < kept.length; i++) {
                some[i] = values[kept[i]];
            }
            return some;
        }
    }

    /** The profile of someone who is known, with what was searched for. */
    public static Map<String, FeatureValue> known(Map<String, FeatureValue> profile, List<String> searched) {
        Map<String, FeatureValue> known = new HashMap<>(profile);
        known.remove(SearchTokens.COLUMN);
        if (!searched.isEmpty()) {
            known.put(SearchTokens.COLUMN, new FeatureValue.Texts(searched));
        }
        return Tower.profile(known);
    }
}
