package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.RowPool;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Gradient descent on one graph: steps over batches, shards of a batch side by side. Deterministic whatever the number of threads.
 * For one calling thread.
 *
 * <pre>
 *   float[] block = training.values(input);        // fill rows x width of every input
 *   double cost = training.step(rows, losses);      // moves the weights
 *   float[] moved = training.gradient(input);       // where to move what filled an input that learns
 * </pre>
 */
public final class GraphTraining implements AutoCloseable {

    private final GraphRun run;
    private final RowPool pool;
    private float rate;
    private final float decay;
    private long draw;

    /** Fills the inputs of a stretch of rows; called by several threads at once, each row once. */
    @FunctionalInterface
    public interface Filling {
        void fill(int from, int to);
    }

    /**
     * Begins.
     *
     * @param capacity most rows of a batch
     * @param rate Adam's step size
     * @param decay of weights, apart from the gradient (Loshchilov and Hutter 2019); biases have none
     */
    public GraphTraining(Graph graph, int capacity, float rate, float decay, int threads) {
        this.run = new GraphRun(graph, capacity);
        this.pool = new RowPool(threads);
        this.rate = rate;
        this.decay = decay;
    }

    /** Sets Adam's step size for the steps to come. */
    public void learningRate(float stepSize) {
        this.rate = stepSize;
    }

    /** Values of a node for the rows of the last batch, [capacity, width]; of an input: what is to be filled. */
    public float[] values(Node node) {
        return run.values(node);
    }

    /** Gradient of the mean cost with respect to a node, for the rows of the last step; empty if nothing learns from it. */
    public float[] gradient(Node node) {
        return run.gradient(node);
    }

    /** One step over the first {@code rows} rows of the inputs; returns the mean cost before it. */
    public double step(int rows, List<Loss> losses) {
        return step(rows, (from, to) -> {}, losses, null);
    }

    /**
     * One step.
     *
     * @param filling fills the inputs, shard by shard
     * @param losses what the examples cost
     * @param beside further work on the gradients of inputs, done side by side with moving the weights; null: none
     * @return the mean cost before the step
     * @throws ArithmeticException if the cost is no longer finite
     */
    public double step(int rows, Filling filling, List<Loss> losses, @Nullable Beside beside) {
        double[] costs = new double[GraphRun.shards(rows)];
        long drawn = draw++;
        forEach(costs.length, shard -> {
            int from = shard * GraphRun.SHARD_ROWS;
            filling.fill(from, Math.min(rows, from + GraphRun.SHARD_ROWS));
            run.forwardToLearn(shard, rows, drawn);
            for (Loss loss : losses) {
                costs[shard] += cost(loss, from, Math.min(rows, from + GraphRun.SHARD_ROWS), rows);
            }
            run.backward(shard, rows, drawn);
        });
        double cost = 0;
        for (double part : costs) {
            cost += part;
        }
        requireFinite(cost);
        run.beginStep();
        int others = beside == null ? 0 : beside.parts();
        forEach(others + run.pieces(), piece -> {
            if (beside != null && piece < others) {
                beside.work(piece);
            } else {
                run.move(piece - others, rows, rate, decay);
            }
        });
        return cost;
    }

    /** Work that reads the gradients of inputs. */
    public interface Beside {
        /** In how many parts it can be done side by side. */
        int parts();

        /** Does one part. */
        void work(int part);
    }

    /** Works out all nodes for the first {@code rows} rows, as served: random operations do nothing. */
    public void forward(int rows, Filling filling) {
        forEach(GraphRun.shards(rows), shard -> {
            int from = shard * GraphRun.SHARD_ROWS;
            filling.fill(from, Math.min(rows, from + GraphRun.SHARD_ROWS));
            run.forward(shard, rows);
        });
    }

    /** The mean cost of the rows that {@link #forward} worked out. */
    public double cost(int rows, List<Loss> losses) {
        double cost = 0;
        for (Loss loss : losses) {
            for (int row = 0; row < rows; row++) {
                cost += loss.cost(row, run.values(loss.logit())[row]);
            }
        }
        return cost / rows;
    }

    private double cost(Loss loss, int from, int to, int rows) {
        float[] logits = run.values(loss.logit());
        float[] gradient = run.gradient(loss.logit());
        double cost = 0;
        for (int row = from; row < to; row++) {
            cost += loss.cost(row, logits[row]);
            gradient[row] += (float) (loss.slope(row, logits[row]) / rows);
        }
        return cost / rows;
    }

    private static void requireFinite(double cost) {
        if (!Double.isFinite(cost)) {
            throw new ArithmeticException("training diverged: the cost of a batch is " + cost);
        }
    }

    private void forEach(int parts, IntConsumer work) {
        pool.forEachRow(parts, () -> work::accept, "a step of training", Progress.SILENT);
    }

    @Override
    public void close() {
        pool.close();
    }
}
