package dev.funnel.trainer.tower;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a retrieval network is built and trained.
 *
 * @param features widths of what the towers read
 * @param query the tower of people
 * @param item the tower of items, whose vectors are as long as those of people; null: every item has a row of its own, and items
 *     never seen have none
 * @param temperature inner products are divided by it before the softmax
 * @param descent how the weights move
 * @param seed of the weights, the examples and the negatives
 * @param threads how many work; the result does not depend on it
 */
public record TowerSettings(
        Features features,
        TowerShape query,
        @Nullable TowerShape item,
        double temperature,
        Sampling sampling,
        Descent descent,
        long seed,
        int threads) {

    /**
     * What the towers read.
     *
     * @param items width of the embedding of a watched item
     * @param categories width of the embedding of a category, a word or a place at most
     * @param watches how many of the newest watches are averaged, 1 to 1,000
     * @param exampleAge whether the age of an example is read
     */
    public record Features(int items, int categories, int watches, boolean exampleAge) {
        /** The same, reading the age of examples or not. */
        public Features readingExampleAge(boolean read) {
            return new Features(items, categories, watches, read);
        }
    }

    /**
     * What is drawn.
     *
     * @param examplesPerUser of each user at most so many labels an epoch, so that the busiest do not rule
     * @param negatives items drawn for a batch beside the labels of its examples; as many as there are items or more: all of them,
     *     which is the softmax itself
     * @param exponent negatives are drawn in proportion to how often an item is a label, plus one, to this power; 0: alike
     * @param historyKept share of the watches before its label that an example shows, the others are left out at random
     * @param strangers share of the examples whose profile is left out, so that nobody's is known to be common
     * @param itemsMasked share of the items whose own embedding is left out, so that the rest of what is known of an item has to do
     */
    public record Sampling(
            int examplesPerUser,
            int negatives,
            double exponent,
            double historyKept,
            double strangers,
            double itemsMasked) {
        /** The same with other numbers of labels and negatives. */
        public Sampling drawing(int examples, int others) {
            return new Sampling(examples, others, exponent, historyKept, strangers, itemsMasked);
        }
    }

    /**
     * How the weights move.
     *
     * @param rate Adam's step size for dense layers; falls linearly to a tenth
     * @param tableRate Adagrad's step size for embeddings; falls likewise
     * @param decay weight decay of dense layers
     * @param tableDecay of the rows that a step touches
     */
    public record Descent(int epochs, int batchSize, float rate, float tableRate, float decay, float tableDecay) {
        /** The same for so many epochs. */
        public Descent lasting(int count) {
            return new Descent(count, batchSize, rate, tableRate, decay, tableDecay);
        }
    }

    public TowerSettings {
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("temperature is " + temperature + ", must be above 0");
        }
        if (item != null && item.dimensions() != query.dimensions()) {
            throw new IllegalArgumentException("vectors of people have %d dimensions, those of items %d"
                    .formatted(query.dimensions(), item.dimensions()));
        }
        positive("epochs", descent.epochs());
        positive("batch size", descent.batchSize());
        positive("examples per user", sampling.examplesPerUser());
        positive("threads", threads);
    }

    private static void positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " is " + value + ", must be at least 1");
        }
    }

    /** The candidate network of Covington et al. (2016), with vectors of a length. */
    public static TowerSettings softmaxDnn(int dimensions, int threads) {
        return new TowerSettings(
                new Features(dimensions, 32, 50, true),
                TowerShape.halving(2, dimensions),
                null,
                1,
                new Sampling(50, 2_000, .5, .8, .05, 0),
                new Descent(12, 512, 1e-3f, .1f, 0, 0),
                42,
                threads);
    }

    /** Two towers (Yi et al. 2019), with vectors of a length. */
    public static TowerSettings twoTower(int dimensions, int threads) {
        return new TowerSettings(
                new Features(dimensions, 32, 50, false),
                new TowerShape(List.of(2 * dimensions), dimensions, false, true),
                new TowerShape(List.of(2 * dimensions), dimensions, false, true),
                .07,
                new Sampling(50, 0, 0, .8, .05, .3),
                new Descent(12, 512, 1e-3f, .1f, 0, 0),
                42,
                threads);
    }
}
