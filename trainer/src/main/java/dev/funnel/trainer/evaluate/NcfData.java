package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.fit.SparseRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A leave-one-out split in the form of He et al. (2017), <i>Neural Collaborative Filtering</i>: what users interacted with,
 * one held-out item per user, and per user items to rank it against.
 *
 * @param train users x items, weight 1 for each interaction, whatever its rating
 * @param heldOut the held-out item of each user
 * @param negatives for each user, the items its held-out one is ranked against in the sampled protocol; may hold the held-out
 *     item itself, which then counts once
 */
public record NcfData(SparseRows train, int[] heldOut, int[][] negatives) {

    /** How many negatives {@link #validation} draws: as many as the test files have. */
    private static final int NEGATIVES = 99;

    /**
     * Reads {@code ml-1m.train.rating.gz}, {@code ml-1m.test.rating.gz} and {@code ml-1m.test.negative.gz} in a folder.
     *
     * @throws DataFormatException naming file, line and rule
     * @throws IOException if a file is missing or is not gzip, naming it
     */
    public static NcfData read(Path folder) throws IOException {
        return new NcfReader(folder).read();
    }

    /** How many users there are. */
    public int users() {
        return train.rows();
    }

    /** How many items there are. */
    public int items() {
        return train.columns();
    }

    /**
     * A split of the same form within the training interactions, for choosing settings without touching the held-out items:
     * of each user with at least two interactions one, drawn at random, is held out, and negatives are drawn uniformly from
     * the items the user has not interacted with. Users with fewer are left out, so users are renumbered.
     */
    public NcfData validation(long seed) {
        return new ValidationSplit(this, seed, NEGATIVES).split();
    }

    /** A random source for one user, so that what is drawn for it does not depend on other users. */
    static SplittableRandom random(long seed, int user) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + user);
    }
}
