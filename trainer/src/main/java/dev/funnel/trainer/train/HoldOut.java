package dev.funnel.trainer.train;

import dev.funnel.bundle.History;
import dev.funnel.retrieval.Hits;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.RowPool;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.learn.Shuffling;
import dev.funnel.trainer.prepare.Deeds;
import dev.funnel.trainer.prepare.Profiles;
import dev.funnel.trainer.prepare.UserHistories;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The users of the hold-out, each with the pool that generators fitted before it nominate.
 *
 * @param users those with at least one positive interaction, in the hold-out, with an item they had not known
 */
record HoldOut(List<HeldOutUser> users, FittedGenerators fitted, long timeMs) {
    /** How many users' last watches generators are asked about at most: enough for the two numbers of a calibration. */
    private static final int MOST_SEEDS = 2_000;

    /**
     * Asks the generators for every user, or for a sample of as many as the settings allow.
     *
     * @param fitted on what the hold-out's lesson knows
     * @param histories of what the hold-out's lesson knows
     */
    static HoldOut of(
            Prepared prepared, FittedGenerators fitted, Profiles profiles, UserHistories histories, Progress progress) {
        TrainingSettings settings = prepared.settings();
        Lesson lesson = prepared.syllabus().holdOut();
        BitSet[] heldOut = heldOutItems(prepared.deeds(), lesson);
        BitSet[] again = takeKnown(heldOut, histories);
        int[] asked = sample(heldOut, settings);
        HeldOutUser[] users = new HeldOutUser[asked.length];
        SeedQueries seeds = SeedQueries.of(fitted, prepared.available());
        int oneIn = Math.ceilDiv(Math.max(1, asked.length), MOST_SEEDS);
        try (RowPool pool = new RowPool(settings.threads())) {
            pool.forEachRow(
                    asked.length,
                    () -> row -> {
                        int user = asked[row];
                        History history = histories.of(user);
                        Asker asker = Asker.atHome(history, profiles.of(user), lesson.fromMs())
                                .trained(user);
                        Pool nominated = Pool.of(fitted, fitted.plans(), asker, prepared.available());
                        Map<String, Hits> related = row % oneIn == 0 ? seeds.ask(history, lesson.fromMs()) : Map.of();
                        users[row] = new HeldOutUser(user, nominated, related, heldOut[user], again[user]);
                    },
                    "asking generators about the hold-out",
                    progress);
        }
        return new HoldOut(List.of(users), fitted, lesson.fromMs());
    }

    private static BitSet[] heldOutItems(Deeds deeds, Lesson lesson) {
        BitSet[] heldOut = new BitSet[deeds.userCount()];
        for (int place : lesson.asked()) {
            if (deeds.positive()[place]) {
                int user = deeds.log().users()[place];
                if (heldOut[user] == null) {
                    heldOut[user] = new BitSet();
                }
                heldOut[user].set(deeds.log().items()[place]);
            }
        }
        return heldOut;
    }

    /** Takes from the held-out items of each user those that were known before, and gives them back. */
    private static BitSet[] takeKnown(BitSet[] heldOut, UserHistories histories) {
        BitSet[] again = new BitSet[heldOut.length];
        for (int user = 0; user < heldOut.length; user++) {
            again[user] = new BitSet();
            if (heldOut[user] != null) {
                for (int item : histories.of(user).items()) {
                    if (heldOut[user].get(item)) {
                        again[user].set(item);
                        heldOut[user].clear(item);
                    }
                }
            }
        }
        return again;
    }

    private static int[] sample(BitSet[] heldOut, TrainingSettings settings) {
        int[] users = IntStream.range(0, heldOut.length)
                .filter(user -> heldOut[user] != null && !heldOut[user].isEmpty())
                .toArray();
        SplittableRandom random = new SplittableRandom(settings.seed());
        if (users.length > settings.mostEvaluated()) {
            Shuffling.shuffle(users, random);
        }
        int[] chosen = Arrays.copyOf(users, Math.min(users.length, settings.mostEvaluated()));
        Arrays.sort(chosen);
        return chosen;
    }
}
