package dev.funnel.trainer.generate;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.TopK;
import dev.funnel.retrieval.cold.ItemAverages;
import dev.funnel.retrieval.cold.ProfileAverages;
import dev.funnel.trainer.fit.Factors;
import dev.funnel.trainer.fit.SparseRows;
import java.util.Arrays;
import java.util.Optional;

/**
 * Factors made ready for whom and what they were not fitted on: users by their profile, items by their uploader or their
 * categories; and the answers to static queries, what is related to the most popular items.
 *
 * @param items the factors' item vectors, those of items that nobody interacted with being averages
 * @param itemOrigins by item: {@value GeneratorFiles#FITTED}, {@value #OF_UPLOADER} or {@value #OF_CATEGORIES}, numbers of the
 *     contract's ItemOrigin
 * @param profiles averages over users, by profile
 * @param seeds the most popular items, ascending
 * @param related as many items of each seed, one seed after the other, best first
 */
record ColdStart(FloatMatrix items, int[] itemOrigins, ProfileAverages profiles, int[] seeds, int[] related) {

    static final int OF_UPLOADER = 3;
    static final int OF_CATEGORIES = 4;

    /** How many seed items have their answers stored. */
    static final int SEEDS = 1_000;

    /** How many items of each are stored at most. */
    static final int MOST_RELATED = 1_000;

    /**
     * For a generator of this limit.
     *
     * @param limit how many items are usually asked for. Twice as many are stored of each seed, so that rules leave enough
     */
    static ColdStart of(Factors factors, FittingInput input, int limit) {
        SparseRows byItem = input.matrix().transpose();
        int[] origins = new int[byItem.rows()];
        FloatMatrix items = placed(factors, input, byItem, origins);
        int[] seeds = seeds(byItem);
        return new ColdStart(
                items,
                origins,
                profiles(factors, input),
                seeds,
                related(items, seeds, Math.min(2 * limit, MOST_RELATED)));
    }

    private static FloatMatrix placed(Factors factors, FittingInput input, SparseRows byItem, int[] origins) {
        ItemTest fitted = item -> byItem.count(item) > 0;
        ItemAverages averages = ItemAverages.of(input.items(), factors.items(), fitted);
        int dimensions = factors.items().columns();
        float[] flat = factors.items().toArray();
        for (int item = 0; item < origins.length; item++) {
            if (!fitted.test(item)) {
                Optional<float[]> uploader = averages.ofUploader(input.items(), item);
                Optional<float[]> place = uploader.isPresent() ? uploader : averages.ofCategories(input.items(), item);
                origins[item] =
                        uploader.isPresent() ? OF_UPLOADER : place.isPresent() ? OF_CATEGORIES : GeneratorFiles.FITTED;
                int at = item * dimensions;
                place.ifPresent(vector -> System.arraycopy(vector, 0, flat, at, dimensions));
            }
        }
        return FloatMatrix.of(flat, origins.length, dimensions);
    }

    private static ProfileAverages profiles(Factors factors, FittingInput input) {
        ProfileAverages.Counting counting =
                new ProfileAverages.Counting(factors.users().columns());
        for (int user = 0; user < input.userCount(); user++) {
            if (input.matrix().count(user) > 0) {
                counting.add(
                        Askers.profile(input.profiles().of(user)),
                        factors.users().row(user));
            }
        }
        return counting.averages();
    }

    private static int[] seeds(SparseRows byItem) {
        TopK popular = new TopK(Math.min(SEEDS, byItem.rows()));
        for (int item = 0; item < byItem.rows(); item++) {
            if (byItem.count(item) > 0) {
                popular.offer(item, byItem.count(item));
            }
        }
        int[] seeds = popular.drain(0, true).items();
        Arrays.sort(seeds);
        return seeds;
    }

    /** As many of each seed as the seed with the fewest has: of vectors that a strong regularisation left next to nothing, few have a cosine. */
    private static int[] related(FloatMatrix items, int[] seeds, int most) {
        ExactScanIndex index = new ExactScanIndex(items, Similarity.COSINE);
        int[][] ofSeeds = new int[seeds.length][];
        int length = most;
        for (int s = 0; s < seeds.length; s++) {
            int seed = seeds[s];
            Hits hits = index.search(items.row(seed), most, item -> item != seed, SearchLimit.none());
            ofSeeds[s] = hits.items();
            length = Math.min(length, ofSeeds[s].length);
        }
        int[] related = new int[seeds.length * length];
        for (int s = 0; s < seeds.length; s++) {
            System.arraycopy(ofSeeds[s], 0, related, s * length, length);
        }
        return related;
    }

    void addTo(TensorFileWriter writer) {
        writer.add(GeneratorFiles.ITEM_ORIGINS, itemOrigins);
        profiles.addTo(writer);
        if (related.length > 0) {
            writer.add("related_seeds", seeds).add("related_items", related);
        }
    }
}
