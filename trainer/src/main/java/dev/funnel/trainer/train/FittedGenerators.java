package dev.funnel.trainer.train;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.FoldIn;
import dev.funnel.retrieval.FoldInSettings;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.NeighbourLists;
import dev.funnel.retrieval.NeighbourSums;
import dev.funnel.retrieval.RankedList;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.Covisitation;
import dev.funnel.trainer.fit.Factors;
import dev.funnel.trainer.fit.Neighbours;
import dev.funnel.trainer.fit.Newest;
import dev.funnel.trainer.fit.Popularity;
import dev.funnel.trainer.fit.RankedItems;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.fit.Wals;
import dev.funnel.trainer.read.InteractionLog;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * All generators, fitted on one part of the log, asked as the candidate service asks them: a user is a history, folded in.
 * Safe for several threads.
 */
final class FittedGenerators {

    private final Factors factors;
    private final Neighbours neighbours;
    private final RankedItems popular;
    private final RankedItems newest;
    private final ExactScanIndex index;
    private final FoldIn foldIn;
    private final NeighbourLists lists;
    private final RankedList popularList;
    private final RankedList newestList;

    private FittedGenerators(
            Factors factors,
            Neighbours neighbours,
            RankedItems popular,
            RankedItems newest,
            FoldInSettings foldInSettings) {
        this.factors = factors;
        this.neighbours = neighbours;
        this.popular = popular;
        this.newest = newest;
        this.index = new ExactScanIndex(factors.items(), Similarity.DOT);
        this.foldIn = new FoldIn(factors.items(), factors.gramian(), foldInSettings);
        this.lists = neighbours.lists();
        this.popularList = popular.list();
        this.newestList = newest.list();
    }

    /**
     * Fits on the interactions at these places.
     *
     * @param publishedMs when items were published, {@link Long#MIN_VALUE} if unknown; those published after the last of
     *     these interactions are not among the newest
     */
    static FittedGenerators fit(
            Deeds deeds, int[] places, long[] publishedMs, GeneratorSettings settings, Progress progress) {
        SparseRows matrix = deeds.matrix(places);
        Factors factors = Wals.fit(matrix, settings.als(), progress.part(0, .8));
        Neighbours neighbours = Covisitation.fit(matrix, settings.covisit(), progress.part(.8, 1));
        return new FittedGenerators(
                factors,
                neighbours,
                popular(deeds, places, settings),
                newest(deeds, places, publishedMs, settings.listLength()),
                settings.als().foldIn());
    }

    private static RankedItems popular(Deeds deeds, int[] places, GeneratorSettings settings) {
        int[] speaking = deeds.speaking(places);
        InteractionLog log = deeds.log();
        long last = lastMs(log, speaking);
        float[] weights = new float[speaking.length];
        int[] items = new int[speaking.length];
        for (int i = 0; i < speaking.length; i++) {
            double days = (last - log.timesMs()[speaking[i]]) / 86_400_000.0;
            items[i] = log.items()[speaking[i]];
            weights[i] =
                    (float) (deeds.strengths()[speaking[i]] * Math.pow(.5, days / settings.popularityHalfLifeDays()));
        }
        return timesAverage(Popularity.fit(deeds.itemCount(), items, weights, settings.listLength()), weights, deeds);
    }

    /** Popularity as a multiple of the average item's, so that it means the same however long the log is. */
    private static RankedItems timesAverage(RankedItems counted, float[] weights, Deeds deeds) {
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        float[] scores = new float[counted.scores().length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (counted.scores()[i] * deeds.itemCount() / sum);
        }
        return new RankedItems(counted.items(), scores);
    }

    private static RankedItems newest(Deeds deeds, int[] places, long[] publishedMs, int most) {
        InteractionLog log = deeds.log();
        boolean known = Arrays.stream(publishedMs).anyMatch(time -> time != Long.MIN_VALUE);
        if (known && log.timed()) {
            long last = lastMs(log, places);
            return Newest.byPublication(
                    Arrays.stream(publishedMs)
                            .map(time -> time <= last ? time : Long.MIN_VALUE)
                            .toArray(),
                    most);
        }
        return known
                ? Newest.byPublication(publishedMs, most)
                : Newest.byLastInteraction(deeds.itemCount(), oldestFirst(log, places), most);
    }

    private static int[] oldestFirst(InteractionLog log, int[] places) {
        return Arrays.stream(places)
                .boxed()
                .sorted((a, b) -> Long.compare(log.timesMs()[a], log.timesMs()[b]))
                .mapToInt(place -> log.items()[place])
                .toArray();
    }

    private static long lastMs(InteractionLog log, int[] places) {
        return Arrays.stream(places)
                .mapToLong(place -> log.timesMs()[place])
                .max()
                .orElse(0);
    }

    Factors factors() {
        return factors;
    }

    Neighbours neighbours() {
        return neighbours;
    }

    RankedItems popular() {
        return popular;
    }

    RankedItems newest() {
        return newest;
    }

    /** One user, asking. For one thread. */
    final class Asked {
        private final float[] query;
        private final NeighbourSums related;
        private final boolean stranger;

        private Asked(History history) {
            int[] speaking = speaking(history);
            int[] items = Arrays.stream(speaking).map(i -> history.items()[i]).toArray();
            float[] weights = weights(history, speaking);
            this.stranger = items.length == 0;
            this.query = foldIn.solve(items, weights);
            this.related = lists.sums(items, weights);
        }

        private Asked(History history, float[] query) {
            int[] speaking = speaking(history);
            int[] items = Arrays.stream(speaking).map(i -> history.items()[i]).toArray();
            this.stranger = items.length == 0;
            this.query = query;
            this.related = lists.sums(items, weights(history, speaking));
        }

        /** The generator's score of an item; 0 where it has nothing to say. */
        float score(Generator generator, int item) {
            return switch (generator) {
                case ALS -> index.score(query, item);
                case COVISIT -> related.score(item);
                case POPULAR -> popularList.score(item);
                case NEWEST -> newestList.score(item);
            };
        }

        /** The scores of these items. */
        float[] scores(Generator generator, int[] items) {
            float[] scores = new float[items.length];
            for (int i = 0; i < items.length; i++) {
                scores[i] = score(generator, items[i]);
            }
            return scores;
        }

        /** The generator's best {@code k} items that the filter accepts. */
        Hits best(Generator generator, int k, ItemTest filter) {
            return switch (generator) {
                case ALS -> stranger ? Hits.NONE : index.search(query, k, filter, SearchLimit.none());
                case COVISIT -> related.best(k, filter);
                case POPULAR -> popularList.best(k, filter);
                case NEWEST -> newestList.best(k, filter);
            };
        }
    }

    /** Someone with a history: the vector is folded in. */
    Asked ask(History history) {
        return new Asked(history);
    }

    /** A user that was fitted, as serving asks for one of whom it knows nothing newer: by the trained vector. */
    Asked ask(int user, History history) {
        return new Asked(history, row(factors.users(), user));
    }

    private static float[] row(FloatMatrix matrix, int row) {
        float[] values = new float[matrix.columns()];
        matrix.copyRow(row, values, 0);
        return values;
    }

    private static float[] weights(History history, int[] chosen) {
        float[] weights = new float[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            weights[i] = history.weights()[chosen[i]];
        }
        return weights;
    }

    private static int[] speaking(History history) {
        return IntStream.range(0, history.size())
                .filter(i -> PositiveRule.speaks(history.kinds()[i]))
                .toArray();
    }
}
