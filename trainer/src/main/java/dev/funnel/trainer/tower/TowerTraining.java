package dev.funnel.trainer.tower;

import dev.funnel.inference.feature.RankingInput;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.RowPool;
import dev.funnel.trainer.learn.DenseStack;
import dev.funnel.trainer.learn.Matrices;
import dev.funnel.trainer.tower.ItemSide.TableStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Gradient descent on the sampled softmax. A batch is cut into shards of a fixed size that work side by side, and their
 * gradients are added up in the order of the shards: the result does not depend on the number of threads.
 *
 * <p>What a person has watched is no candidate for that person: it is filtered when serving, and a network that has to push it
 * down cannot pull what is like it up.
 */
final class TowerTraining implements AutoCloseable {
    private static final int SHARD = 128;
    private static final String WORK = "training towers";

    private final TowerNetwork query;
    private final ItemSide items;
    private final TowerSettings settings;
    private final int dimensions;
    private final RowPool pool;
    private final CandidateSet.Drawing drawing;
    private final List<Shard> shards = new ArrayList<>();
    private final DenseStack.Gradients querySums;
    private float[] vectors = new float[0];
    private float[] transposed = new float[0];
    private float[] itemGradient = new float[0];

    /** What one part of a batch works with. */
    private final class Shard {
        final TowerNetwork.Pass pass = query.new Pass(SHARD);
        final SampledSoftmax softmax = new SampledSoftmax(dimensions, settings.temperature());
        final float[] queryGradient = new float[SHARD * dimensions];
        double cost;
    }

    TowerTraining(TowerNetwork query, ItemSide items, TowerExamples examples, TowerSettings settings) {
        this.query = query;
        this.items = items;
        this.settings = settings;
        this.dimensions = query.shape().dimensions();
        this.pool = new RowPool(settings.threads());
        this.drawing = new CandidateSet.Drawing(examples.labelShares(), settings.sampling(), labels(examples.epoch(0)));
        this.querySums = query.stack().new Gradients();
        int most = (settings.descent().batchSize() + SHARD - 1) / SHARD;
        for (int i = 0; i < most; i++) {
            shards.add(new Shard());
        }
    }

    private static long labels(TowerExamples.Epoch epoch) {
        long count = 0;
        for (int example = 0; example < epoch.size(); example++) {
            count += epoch.labels(example).length;
        }
        return count;
    }

    /** Trains; returns the mean cost of a label in each epoch. */
    double[] train(TowerExamples examples, Progress progress) {
        SplittableRandom random = new SplittableRandom(settings.seed());
        int epochs = settings.descent().epochs();
        double[] costs = new double[epochs];
        for (int number = 0; number < epochs; number++) {
            TowerExamples.Epoch epoch = examples.epoch(number);
            int batch = settings.descent().batchSize();
            for (int from = 0; from < epoch.size(); from += batch) {
                double share = (number + (double) from / epoch.size()) / epochs;
                progress.advance(WORK, share);
                costs[number] += step(epoch, from, Math.min(epoch.size(), from + batch), share, random);
            }
            costs[number] /= Math.max(1, labels(epoch));
        }
        return costs;
    }

    /** One step; returns the sum of the costs. */
    private double step(TowerExamples.Epoch epoch, int from, int to, double share, SplittableRandom random) {
        int[][] labels = new int[to - from][];
        Arrays.setAll(labels, i -> epoch.labels(from + i));
        CandidateSet candidates = drawing.draw(labels, random);
        int size = candidates.items().length;
        grow(size);
        items.forward(candidates.items(), vectors, pool, random);
        Matrices.transpose(size, dimensions, vectors, transposed);
        int parts = (labels.length + SHARD - 1) / SHARD;
        Parallel.forEach(pool, parts, part -> run(shards.get(part), epoch, from, part * SHARD, candidates));
        reduce(parts, size);
        items.backward(itemGradient, pool);
        move(parts, (float) (1 - 0.9 * share));
        double cost = 0;
        for (int part = 0; part < parts; part++) {
            cost += shards.get(part).cost;
        }
        if (!Double.isFinite(cost)) {
            throw new ArithmeticException("training diverged: the cost of a batch is " + cost);
        }
        return cost;
    }

    private void grow(int candidates) {
        if (vectors.length < candidates * dimensions) {
            // Whole shards of the item tower read beyond the last candidate.
            vectors = new float[(candidates + 512) * dimensions];
            transposed = new float[vectors.length];
            itemGradient = new float[vectors.length];
        }
    }

    private void run(Shard shard, TowerExamples.Epoch epoch, int from, int first, CandidateSet candidates) {
        int rows = Math.min(SHARD, candidates.labels().length - first);
        int[][] known = new int[rows][];
        for (int row = 0; row < rows; row++) {
            RankingInput person = epoch.person(from + first + row);
            shard.pass.person(row, person);
            known[row] = candidates.without(person.history().items(), first + row);
        }
        float[] queries = shard.pass.forward(rows);
        shard.cost = shard.softmax.run(
                queries,
                rows,
                candidates,
                first,
                known,
                vectors,
                transposed,
                1f / candidates.labelCount(),
                shard.queryGradient);
        shard.pass.backward(shard.queryGradient);
    }

    private void reduce(int parts, int candidates) {
        int length = candidates * dimensions;
        int stretch = Math.max(1, (length + 15) / 16);
        Parallel.forEach(pool, 16, part -> {
            int from = Math.min(length, part * stretch);
            int to = Math.min(length, from + stretch);
            Arrays.fill(itemGradient, from, to, 0);
            for (int shard = 0; shard < parts; shard++) {
                float[] gradient = shards.get(shard).softmax.itemGradient();
                for (int i = from; i < to; i++) {
                    itemGradient[i] += gradient[i];
                }
            }
        });
        querySums.clear();
        for (int shard = 0; shard < parts; shard++) {
            querySums.add(shards.get(shard).pass.sums());
        }
    }

    private void move(int parts, float rateShare) {
        TowerSettings.Descent descent = settings.descent();
        List<TableStep> steps = new ArrayList<>(items.tableSteps());
        query.tables()
                .forEach((name, table) -> steps.add(new TableStep(table, () -> {
                    for (int shard = 0; shard < parts; shard++) {
                        shards.get(shard).pass.collect(name, table);
                    }
                })));
        Parallel.forEach(pool, steps.size() + 1, part -> {
            if (part < steps.size()) {
                steps.get(part).collecting().run();
                steps.get(part).table().step(rateShare * descent.tableRate(), descent.tableDecay());
            } else {
                query.stack().step(querySums, rateShare * descent.rate(), descent.decay());
                items.step(rateShare * descent.rate(), descent.decay());
            }
        });
    }

    @Override
    public void close() {
        pool.close();
    }
}
