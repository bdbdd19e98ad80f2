package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.fit.SparseRows;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Holds out one training interaction of each user, see {@link NcfData#validation}. */
final class ValidationSplit {

    private final NcfData whole;
    private final long seed;
    private final int negativesEach;
    private final int[] users;
    private final int[] items;
    private int kept;

    ValidationSplit(NcfData whole, long seed, int negativesEach) {
        this.whole = whole;
        this.seed = seed;
        this.negativesEach = negativesEach;
        this.users = new int[whole.train().entries()];
        this.items = new int[whole.train().entries()];
    }

    NcfData split() {
        SparseRows train = whole.train();
        int[] heldOut = new int[train.rows()];
        int[][] negatives = new int[train.rows()][];
        int split = 0;
        for (int user = 0; user < train.rows(); user++) {
            if (train.count(user) >= 2 && train.count(user) < train.columns()) {
                SplittableRandom random = NcfData.random(seed, user);
                int entry = random.nextInt(train.start(user), train.end(user));
                heldOut[split] = train.column(entry);
                negatives[split] = drawNegatives(user, random);
                keepOthers(user, entry, split++);
            }
        }
        float[] ones = new float[kept];
        Arrays.fill(ones, 1);
        SparseRows rest =
                SparseRows.of(split, train.columns(), Arrays.copyOf(users, kept), Arrays.copyOf(items, kept), ones);
        return new NcfData(rest, Arrays.copyOf(heldOut, split), Arrays.copyOf(negatives, split));
    }

    private int[] drawNegatives(int user, SplittableRandom random) {
        int[] drawn = new int[negativesEach];
        for (int i = 0; i < drawn.length; ) {
            int item = random.nextInt(whole.items());
            if (!whole.train().has(user, item)) {
                drawn[i++] = item;
            }
        }
        return drawn;
    }

    private void keepOthers(int user, int heldOutEntry, int as) {
        for (int entry = whole.train().start(user); entry < whole.train().end(user); entry++) {
            if (entry != heldOutEntry) {
                users[kept] = as;
                items[kept++] = whole.train().column(entry);
            }
        }
    }
}
