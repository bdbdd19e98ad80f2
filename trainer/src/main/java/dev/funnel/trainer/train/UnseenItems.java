package dev.funnel.trainer.train;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Hits;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.RowPool;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.prepare.Profiles;
import dev.funnel.trainer.prepare.UserHistories;
import dev.funnel.trainer.train.FittedGenerators.Member;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What generators find of the items that nobody had touched before the hold-out, which have nothing but their features to be found by.
 * Each is asked for the first {@value ListTally#RECALL_AT} among those items alone, as beside items with a past they are hardly listed.
 *
 * @param items how many such items there are
 * @param users who did something with one in the hold-out
 * @param recall by generator's name, the mean over these users of the share of their held-out unseen items that is found; empty
 *     without such users
 */
record UnseenItems(int items, int users, Map<String, Double> recall) {

    static UnseenItems measure(
            Prepared prepared, HoldOut holdOut, Profiles profiles, UserHistories histories, Progress progress) {
        BitSet unseen = unseen(prepared);
        List<HeldOutUser> users = holdOut.users().stream()
                .filter(user -> user.heldOut().intersects(unseen))
                .toList();
        List<Member> generators = holdOut.fitted().members().stream()
                .filter(one -> !one.generator().nominatesWatched())
                .toList();
        double[][] shares = new double[generators.size()][users.size()];
        try (RowPool pool = new RowPool(prepared.settings().threads())) {
            pool.forEachRow(
                    users.size(),
                    () -> row -> {
                        HeldOutUser user = users.get(row);
                        History history = histories.of(user.user());
                        Asker asker = Asker.atHome(history, profiles.of(user.user()), holdOut.timeMs())
                                .trained(user.user());
                        ItemTest filter = prepared.available()
                                .notIn(history, holdOut.timeMs())
                                .and(unseen::get);
                        for (int one = 0; one < shares.length; one++) {
                            shares[one][row] = share(generators.get(one), asker, filter, wanted(user, unseen));
                        }
                    },
                    "asking generators about unseen items",
                    progress);
        }
        Map<String, Double> recall = new LinkedHashMap<>();
        for (int one = 0; one < shares.length && !users.isEmpty(); one++) {
            recall.put(generators.get(one).name(), mean(shares[one]));
        }
        return new UnseenItems(unseen.cardinality(), users.size(), recall);
    }

    private static BitSet unseen(Prepared prepared) {
        BitSet unseen = new BitSet();
        unseen.set(0, prepared.deeds().itemCount());
        for (int place : prepared.syllabus().holdOut().known()) {
            unseen.clear(prepared.deeds().log().items()[place]);
        }
        return unseen;
    }

    private static BitSet wanted(HeldOutUser user, BitSet unseen) {
        BitSet wanted = (BitSet) user.heldOut().clone();
        wanted.and(unseen);
        return wanted;
    }

    private static double share(Member generator, Asker asker, ItemTest filter, BitSet wanted) {
        Hits hits = generator
                .generator()
                .ask(asker)
                .map(asked -> asked.best(ListTally.RECALL_AT, filter))
                .orElse(Hits.NONE);
        int found = 0;
        for (int item : hits.items()) {
            found += wanted.get(item) ? 1 : 0;
        }
        return (double) found / wanted.cardinality();
    }

    private static double mean(double[] shares) {
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        return sum / shares.length;
    }
}
