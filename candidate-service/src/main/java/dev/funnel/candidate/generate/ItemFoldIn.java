package dev.funnel.candidate.generate;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.UserId;
import dev.funnel.bundle.UserTable;
import dev.funnel.retrieval.FoldIn;
import dev.funnel.retrieval.FoldInSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Folds items in from who watched them: {@link FoldIn} with the roles swapped, items for users and users for items, as the fit's own
 * half-step over items has it. Every watcher counts as one interaction of weight 1. Safe for several threads.
 *
 * @param users by whose ids watchers are named
 * @param factors one row a user; whoever did nothing has the zero vector
 */
record ItemFoldIn(UserTable users, FloatMatrix factors, FoldIn foldIn) {
    private static final String GRAMIAN = "user_gramian";

    /** Empty if the bundle does not hold the Gramian of its users. */
    static Optional<ItemFoldIn> read(TensorFile file, UserTable users, FloatMatrix factors, FoldInSettings settings)
            throws BundleRefusedException {
        if (!file.has(GRAMIAN)) {
            return Optional.empty();
        }
        FloatMatrix gramian = file.floats(GRAMIAN, factors.columns(), factors.columns());
        return Optional.of(new ItemFoldIn(users, factors, new FoldIn(factors, gramian.toArray(), settings)));
    }

    /** The vector of an item that these people watched; empty if none of them has one. */
    Optional<float[]> of(List<UserId> watchers) {
        int[] rows = watchers.stream()
                .mapToInt(watcher -> users.indexOf(watcher.value()))
                .filter(row -> row >= 0 && !isZero(factors.row(row)))
                .distinct()
                .sorted()
                .toArray();
        if (rows.length == 0) {
            return Optional.empty();
        }
        float[] once = new float[rows.length];
        Arrays.fill(once, 1);
        return Optional.of(foldIn.solve(rows, once));
    }

    static boolean isZero(float[] vector) {
        for (float value : vector) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
