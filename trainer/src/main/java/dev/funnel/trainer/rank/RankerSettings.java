package dev.funnel.trainer.rank;

import dev.funnel.trainer.network.NetworkShape;
import dev.funnel.trainer.network.Networks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the ranker is built and trained.
 *
 * @param learner what learns, and how large it is
 * @param goals what it predicts, and how that becomes a score
 * @param recentWatches how many of the newest watches "recent" means, 1 to 1,000
 * @param embeddings widths of embeddings
 * @param weighting what an example costs
 * @param descent how examples are gone through
 * @param validationShare share of the pages, the latest ones, that is only validated on; above 0, below .5
 * @param mostExamples beyond this the oldest pages are left out, 1 to 1e9
 * @param negatives where there are no impressions
 * @param seed of everything random
 * @param threads that read features, 1 to 1,024; the result does not depend on it
 * @param features what it reads; null: what the tables, the generators and the log at hand allow
 */
public record RankerSettings(
        Learner learner,
        RankerGoals goals,
        int recentWatches,
        Embeddings embeddings,
        Weighting weighting,
        Descent descent,
        double validationShare,
        int mostExamples,
        Negatives negatives,
        long seed,
        int threads,
        @Nullable DeclaredFeatures features) {
    private static final int MOST_WIDTH = 4_096;
    private static final Negatives USUAL_NEGATIVES = new Negatives(12, 0.9, 600);

    /** What learns from the examples. */
    public sealed interface Learner {}

    /**
     * A network and its size.
     *
     * @param name of one of {@link Networks#ALL}
     * @param hidden widths of its dense layers, first to last; 0 to 8 of them, each 1 to 4,096
     * @param dropout share of a hidden layer's values that is dropped in training, in [0, 1)
     * @param maps of its compressed interaction layers, if it has any
     */
    public record NetworkPlan(String name, List<Integer> hidden, float dropout, List<Integer> maps) implements Learner {
        public NetworkPlan {
            hidden = List.copyOf(hidden);
            maps = List.copyOf(maps);
            Networks.named(name);
            new NetworkShape(hidden, dropout, maps, List.of(0f));
        }

        /** Dense layers over all inputs (Covington et al. 2016). */
        public static NetworkPlan dense(Integer... hidden) {
            return new NetworkPlan("mlp", List.of(hidden), 0, List.of());
        }

        NetworkShape shape(List<HeadScale> heads) {
            return new NetworkShape(
                    hidden,
                    dropout,
                    maps,
                    heads.stream().map(HeadScale::initialLogit).toList());
        }
    }

    /**
     * Gradient-boosted trees, for each head its own.
     *
     * @param most trees of a head; as many are kept as were best on the validation slice
     * @param patience how many trees may bring nothing there before it ends
     * @param depth of a tree, at most
     * @param rate share of each tree that is added
     * @param leastWeight second derivatives that a leaf must at least hold; an example has at most .25, or p (1 - p) where it is
     *     clicked with chance p
     * @param sampled share of the examples, and of the columns, that a tree sees
     */
    public record TreePlan(int most, int patience, int depth, double rate, double leastWeight, double sampled)
            implements Learner {
        /** What is trained unless somebody asks for something else. */
        public static final TreePlan USUAL = new TreePlan(300, 20, 6, .1, 5, .8);

        public TreePlan {
            require("trees", most, 1, 5_000);
            require("patience", patience, 1, 5_000);
            require("depth of trees", depth, 1, 12);
            require("rate of trees", rate, 1e-4, 1);
            require("least weight of a leaf", leastWeight, 0, 1e6);
            require("share of examples and columns that a tree sees", sampled, .05, 1);
        }
    }

    /**
     * Widths of embeddings.
     *
     * @param items of an item's own row; 0: items have none
     * @param categories of all other rows, at most
     */
    public record Embeddings(int items, int categories) {
        public Embeddings {
            require("width of item embeddings", items, 0, MOST_WIDTH);
            require("width of category embeddings", categories, 2, MOST_WIDTH);
        }
    }

    /** What an example costs; T is its weight as a positive, e.g. seconds watched. */
    public enum Weighting {
        /** Every example is a negative of weight 1, a positive also one of weight T: the odds learnt are exactly E[T]. */
        EXPECTED_WEIGHT,
        /** A positive has weight T, any other example is a negative of weight 1 (Covington et al. 2016): E[T] / (1 - P). */
        PAPER
    }

    /**
     * How examples are gone through.
     *
     * @param epochs the most passes; the best on the validation slice is kept
     * @param batchSize examples a step, about
     * @param learningRate of the network, Adam, falling to a tenth over the epochs
     * @param tableLearningRate of embedding rows, Adagrad
     * @param decay of the network's weights in each step, times the learning rate
     */
    public record Descent(int epochs, int batchSize, float learningRate, float tableLearningRate, float decay) {
        public Descent {
            require("epochs", epochs, 1, 1_000);
            require("batch size", batchSize, 1, 1 << 20);
            require("learning rate", learningRate, 0, 10);
            require("learning rate of tables", tableLearningRate, 0, 10);
            require("decay", decay, 0, 1);
        }

        /** Adam's step size when this share of all steps is done. */
        float learningRateAt(double share) {
            return (float) (learningRate * (1 - 0.9 * share));
        }
    }

    /**
     * What stands beside positives where nobody logged impressions.
     *
     * @param perPositive how many are drawn for each
     * @param poolShare share of these that is drawn from the user's pool; the rest from the catalogue
     * @param poolSize how large that pool is
     */
    public record Negatives(int perPositive, double poolShare, int poolSize) {
        public Negatives {
            require("negatives for a positive", perPositive, 1, 100);
            require("share of negatives from the pool", poolShare, 0, 1);
            require("size of the pool", poolSize, 1, 10_000);
        }
    }

    public RankerSettings {
        require("recent watches", recentWatches, 1, 1_000);
        require("share of pages to validate on", validationShare, 1e-6, 0.5);
        require("examples", mostExamples, 1, 1e9);
        require("threads", threads, 1, 1_024);
    }

    /** What is trained unless somebody asks for something else. */
    public static RankerSettings defaults(long seed, int threads) {
        return new RankerSettings(
                NetworkPlan.dense(256, 128),
                RankerGoals.OF_THE_LOG,
                50,
                new Embeddings(16, 8),
                Weighting.EXPECTED_WEIGHT,
                new Descent(1, 512, 1e-3f, 0.05f, 0),
                0.1,
                600_000,
                USUAL_NEGATIVES,
                seed,
                threads,
                null);
    }

    /**
     * What is trained where there are no impressions: a smaller network without item embeddings, which learn by heart who was
     * sampled. Chosen by NDCG@10 on the trainer's own hold-out of ncf-ml-1m's training split: .311, with 128-64 .307, with item
     * embeddings and 256-128 .293, the factorisation's own order .300.
     */
    public static RankerSettings withoutImpressions(long seed, int threads) {
        return new RankerSettings(
                NetworkPlan.dense(64, 32),
                RankerGoals.OF_THE_LOG,
                50,
                new Embeddings(0, 8),
                Weighting.EXPECTED_WEIGHT,
                new Descent(3, 512, 5e-4f, 0.05f, 0),
                0.1,
                600_000,
                USUAL_NEGATIVES,
                seed,
                threads,
                null);
    }

    private static void require(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException("%s: %s must be %s to %s".formatted(what, value, least, most));
        }
    }
}
