package dev.funnel.trainer.tower;

import dev.funnel.bundle.History;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.read.InteractionKinds;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Examples from interactions without times: of each user a part drawn at random is the input, and the labels are drawn from the
 * rest, because there is no before.
 */
public final class UnorderedExamples implements TowerExamples {
    private final SparseRows train;
    private final IntFunction<Map<String, FeatureValue>> profiles;
    private final TowerSettings settings;
    private final int most;

    /**
     * Of users (rows) and items (columns).
     *
     * @param profiles what is known of a user, see {@link dev.funnel.inference.Tower#profile}
     */
    public UnorderedExamples(
            SparseRows train, IntFunction<Map<String, FeatureValue>> profiles, TowerSettings settings) {
        this.train = train;
        this.profiles = profiles;
        this.settings = settings;
        this.most = settings.features().watches();
    }

    @Override
    public float[] labelShares() {
        float[] shares = new float[train.columns()];
        double sum = 0;
        for (int user = 0; user < train.rows(); user++) {
            float each = (float) labelsOf(user) / Math.max(1, train.count(user));
            for (int entry = train.start(user); entry < train.end(user); entry++) {
                shares[train.column(entry)] += each;
                sum += each;
            }
        }
        for (int item = 0; item < shares.length; item++) {
            shares[item] = (float) (shares[item] / sum);
        }
        return shares;
    }

    private int labelsOf(int user) {
        int left = (int) Math.round((1 - settings.sampling().historyKept()) * train.count(user));
        return Math.min(settings.sampling().examplesPerUser(), Math.max(left, 1));
    }

    @Override
    public Epoch epoch(int number) {
        SplittableRandom random = new SplittableRandom(settings.seed() * 31 + number);
        int[] users = IntStream.of(Drawing.shuffled(train.rows(), random))
                .filter(user -> train.count(user) > 0)
                .toArray();
        return new Drawn(users, random.nextLong());
    }

    /** What is known of a user when all of the training part is. */
    public RankingInput whole(int user) {
        int[] entries =
                Drawing.some(train.start(user), train.end(user), most, new SplittableRandom(settings.seed() + user));
        return RankingInput.ofPerson(0, profiles.apply(user), Map.of(), history(entries), 0);
    }

    private History history(int[] entries) {
        int[] items = Arrays.stream(entries).map(train::column).toArray();
        byte[] kinds = new byte[items.length];
        Arrays.fill(kinds, InteractionKinds.WATCH);
        long[] unknown = new long[items.length];
        Arrays.fill(unknown, -1);
        float[] ones = new float[items.length];
        Arrays.fill(ones, 1);
        return new History(items, new long[items.length], kinds, unknown, ones);
    }

    private final class Drawn implements Epoch {
        private final int[] users;
        private final long seed;

        Drawn(int[] users, long seed) {
            this.users = users;
            this.seed = seed;
        }

        @Override
        public int size() {
            return users.length;
        }

        /** A user's entries, drawn: first the labels, then the others. */
        private int[] entries(int user) {
            return Drawing.some(
                    train.start(user), train.end(user), Integer.MAX_VALUE, new SplittableRandom(seed + user));
        }

        @Override
        public int[] labels(int example) {
            int user = users[example];
            return Arrays.stream(entries(user))
                    .limit(labelsOf(user))
                    .map(train::column)
                    .toArray();
        }

        @Override
        public RankingInput person(int example) {
            int user = users[example];
            int[] entries = entries(user);
            int from = Math.min(entries.length, Math.max(labelsOf(user), (int)
                    Math.round((1 - settings.sampling().historyKept()) * entries.length)));
            int[] shown = Arrays.copyOfRange(entries, from, Math.min(entries.length, from + most));
            boolean stranger = new SplittableRandom(seed ^ user).nextDouble()
                    < settings.sampling().strangers();
            return RankingInput.ofPerson(0, stranger ? Map.of() : profiles.apply(user), Map.of(), history(shown), 0);
        }
    }
}
