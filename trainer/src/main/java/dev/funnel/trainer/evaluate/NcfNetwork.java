package dev.funnel.trainer.evaluate;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.learn.RowTable;
import dev.funnel.trainer.learn.Shuffling;
import dev.funnel.trainer.learn.graph.GraphTraining;
import dev.funnel.trainer.learn.graph.Loss;
import dev.funnel.trainer.learn.graph.ModelOutput;
import dev.funnel.trainer.network.BuiltNetwork;
import dev.funnel.trainer.network.Networks;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A network over one row of the user and one of the item, trained to tell interactions from items drawn at random (He et al. 2017,
 * <i>Neural Collaborative Filtering</i>, section 3). Deterministic for a seed, whatever the number of threads.
 */
final class NcfNetwork implements AutoCloseable {
    static final int USER = 0;
    static final int ITEM = 1;
    private static final int MOST_DRAWS = 1_000;
    private static final int REPORT_STEPS = 20;

    private final SparseRows train;
    private final NcfNetworkPlan plan;
    private final long seed;
    private final FeatureSchema schema;
    private final BuiltNetwork network;
    private final GraphTraining training;
    private final RowTable[] tables;
    private final int[] userOf;
    private final int[][] batch;
    private final float[] positives;
    private final float[] negatives;
    private long trainingNanos;
    private int epochs;

    NcfNetwork(SparseRows train, NcfNetworkPlan plan, long seed, int threads) {
        this.train = train;
        this.plan = plan;
        this.seed = seed;
        this.schema = schema(plan.width());
        this.network = Networks.named(plan.network()).build(schema, Set.of("users", "items"), plan.shape(), seed);
        int group = 1 + plan.negatives();
        int capacity = Math.max(1, plan.batch() / group) * group;
        this.training = new GraphTraining(network.graph(), capacity, plan.rate(), 0, threads);
        this.tables = new RowTable[] {
            new RowTable(train.rows(), plan.width(), plan.deviation(), seed + 1),
            new RowTable(train.columns(), plan.width(), plan.deviation(), seed + 100)
        };
        this.userOf = new int[train.entries()];
        for (int user = 0; user < train.rows(); user++) {
            Arrays.fill(userOf, train.start(user), train.end(user), user);
        }
        this.batch = new int[2][capacity];
        this.positives = new float[capacity];
        this.negatives = new float[capacity];
        for (int row = 0; row < capacity; row++) {
            positives[row] = row % group == 0 ? 1 : 0;
            negatives[row] = 1 - positives[row];
        }
    }

    private static FeatureSchema schema(int width) {
        return new FeatureSchema(
                1,
                List.of(
                        new VectorTable("users", width, VectorTable.Keys.TEXT, "features.safetensors", "users"),
                        new VectorTable("items", width, VectorTable.Keys.ITEM, "features.safetensors", "items")),
                List.of(
                        new Block(
                                "user",
                                Source.USER,
                                List.of(new CategoryFeature("user_id", Reading.PROFILE, "id", "users"))),
                        new Block(
                                "item",
                                Source.ITEM,
                                List.of(new CategoryFeature("item_id", Reading.ID, null, "items")))),
                List.of(new Head("preference", "probability", "1")));
    }

    BuiltNetwork network() {
        return network;
    }

    FeatureSchema schema() {
        return schema;
    }

    /** Rows of users, and rows of items. */
    RowTable[] tables() {
        return tables;
    }

    /** The ONNX model as it is now. */
    byte[] model() {
        return network.model(List.of(new ModelOutput.Probability()));
    }

    /** Mean duration of the epochs so far; 0 before the first. */
    double secondsPerEpoch() {
        return trainingNanos / 1e9 / Math.max(1, epochs);
    }

    /** Counts the epochs of another network, which this one begins with, among its own. */
    void countEpochsOf(NcfNetwork other) {
        trainingNanos += other.trainingNanos;
        epochs += other.epochs;
    }

    /** Goes through all epochs. */
    void train(Progress progress) {
        long start = System.nanoTime();
        int[] order = new int[train.entries()];
        Arrays.setAll(order, entry -> entry);
        SplittableRandom random = new SplittableRandom(seed);
        for (int epoch = 0; epoch < plan.epochs(); epoch++) {
            Shuffling.shuffle(order, random);
            epoch(order, epoch, progress);
        }
        trainingNanos += System.nanoTime() - start;
        epochs += plan.epochs();
    }

    private void epoch(int[] order, int epoch, Progress progress) {
        int group = 1 + plan.negatives();
        int atOnce = positives.length / group;
        for (int from = 0, step = 0; from < order.length; from += atOnce, step++) {
            double done = (epoch + (double) from / order.length) / plan.epochs();
            if (step % REPORT_STEPS == 0) {
                progress.advance("training " + plan.network(), done);
            }
            float left = (float) (1 - 0.9 * done);
            training.learningRate(plan.rate() * left);
            int first = from;
            int rows = Math.min(atOnce, order.length - from) * group;
            training.step(
                    rows,
                    (begin, end) -> fill(order, first, epoch, begin, end),
                    List.of(new Loss.Logistic(network.logits().getFirst(), positives, negatives)),
                    moving(rows, plan.tableRate() * left));
        }
    }

    /** Rows of a batch: each positive, then its negatives. What is drawn depends on the epoch and the positive alone. */
    private void fill(int[] order, int firstPositive, int epoch, int begin, int end) {
        int group = 1 + plan.negatives();
        for (int row = begin; row < end; row++) {
            int entry = order[firstPositive + row / group];
            int user = userOf[entry];
            batch[USER][row] = user;
            batch[ITEM][row] = row % group == 0
                    ? train.column(entry)
                    : draw(user, new SplittableRandom(((long) epoch * train.entries() + entry) * group + row % group));
            for (int side = 0; side < tables.length; side++) {
                tables[side].read(batch[side][row], training.values(network.input(side)), row * plan.width());
            }
        }
    }

    private int draw(int user, SplittableRandom random) {
        int item = random.nextInt(train.columns());
        for (int draws = 1; draws < MOST_DRAWS && train.has(user, item); draws++) {
            item = random.nextInt(train.columns());
        }
        return item;
    }

    private GraphTraining.Beside moving(int rows, float rate) {
        return new GraphTraining.Beside() {
            @Override
            public int parts() {
                return tables.length * RowTable.PARTS;
            }

            @Override
            public void work(int part) {
                RowTable table = tables[part / RowTable.PARTS];
                int[] read = batch[part / RowTable.PARTS];
                float[] gradient = training.gradient(network.input(part / RowTable.PARTS));
                for (int row = 0; row < rows; row++) {
                    table.collect(part % RowTable.PARTS, read[row], gradient, row * plan.width());
                    table.decay(part % RowTable.PARTS, read[row], plan.rowDecay() / rows);
                }
                table.step(part % RowTable.PARTS, rate, 0);
            }
        };
    }

    @Override
    public void close() {
        training.close();
    }
}
