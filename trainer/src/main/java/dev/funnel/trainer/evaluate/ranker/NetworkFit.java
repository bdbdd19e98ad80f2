package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.learn.RowTable;
import dev.funnel.trainer.learn.Shuffling;
import dev.funnel.trainer.learn.graph.GraphTraining;
import dev.funnel.trainer.learn.graph.Loss;
import dev.funnel.trainer.learn.graph.ModelOutput;
import dev.funnel.trainer.network.BuiltNetwork;
import dev.funnel.trainer.network.Networks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Trains one network on rows of examples; the epoch that costs least on the validation part is kept. */
final class NetworkFit implements AutoCloseable {
    private static final String WORK = "training ";
    private static final float HIGHEST_LOGIT = 15;

    private final RankerData data;
    private final NetworkPlan plan;
    private final long seed;
    private final NetworkRows rows;
    private final BuiltNetwork network;
    private final GraphTraining training;
    private final float[] targets;
    private final float[] weights;

    /** The state of all that is learnt. */
    private record Snapshot(double cost, List<float[]> weights, Map<String, List<float[]>> tables) {}

    /**
     * What came out.
     *
     * @param costs on the validation part, epoch by epoch
     */
    record Fitted(ServedModel network, List<Double> costs, double secondsPerEpoch) {}

    private NetworkFit(RankerData data, NetworkPlan plan, long seed, int threads) {
        this.data = data;
        this.plan = plan;
        this.seed = seed;
        this.rows = new NetworkRows(data.layout(), plan.inputs(), seed + 1);
        this.network = Networks.named(plan.network())
                .build(rows.schema(), rows.tables().keySet(), plan.shape(), seed + 2);
        int batch = plan.descent().batch();
        this.training = new GraphTraining(
                network.graph(), batch, plan.descent().rate(), plan.descent().decay(), threads);
        this.targets = new float[batch];
        this.weights = new float[batch];
    }

    /** Trains; deterministic for a seed, whatever the number of threads. */
    static Fitted fit(RankerData data, NetworkPlan plan, long seed, int threads, Progress progress) {
        try (NetworkFit fit = new NetworkFit(data, plan, seed, threads)) {
            return fit.fit(progress);
        }
    }

    private Fitted fit(Progress progress) {
        int[] order = new int[data.training().size()];
        Arrays.setAll(order, i -> i);
        SplittableRandom random = new SplittableRandom(seed);
        List<Double> costs = new ArrayList<>();
        Snapshot best = null;
        int since = 0;
        long start = System.nanoTime();
        long validating = 0;
        for (int epoch = 0;
                epoch < plan.descent().epochs() && since < plan.descent().patience();
                epoch++) {
            progress.advance(
                    WORK + plan.network(), (double) epoch / plan.descent().epochs());
            Shuffling.shuffle(order, random);
            epoch(order, plan.descent().redraw() ? data.draws().apply(epoch) : data.training());
            long validatingFrom = System.nanoTime();
            double cost = cost(data.validation());
            costs.add(cost);
            since++;
            if (best == null || cost < best.cost()) {
                best = snapshot(cost);
                since = 0;
            }
            validating += System.nanoTime() - validatingFrom;
        }
        double seconds = (System.nanoTime() - start - validating) / 1e9 / costs.size();
        if (best != null) {
            restore(best);
        }
        rows.tables().values().forEach(RowTable::forgetUntouched);
        return new Fitted(new ServedModel(rows, network.model(List.of(transform()))), costs, seconds);
    }

    private ModelOutput.Transform transform() {
        return switch (plan.cost()) {
            case LOGISTIC -> new ModelOutput.Probability();
            case SQUARED -> new ModelOutput.Clipped(-1, 1);
            case WEIGHTED -> new ModelOutput.Odds(-HIGHEST_LOGIT, HIGHEST_LOGIT);
        };
    }

    private void epoch(int[] order, Examples examples) {
        int size = plan.descent().batch();
        for (int from = 0; from < order.length; from += size) {
            int[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + size));
            var moving = rows.move(examples, batch, training, network, plan.descent());
            training.step(batch.length, filling(examples, batch), List.of(loss(examples, batch)), moving);
        }
    }

    private GraphTraining.Filling filling(Examples examples, int[] batch) {
        return (from, to) -> {
            for (int block = 0; block < rows.schema().blocks().size(); block++) {
                float[] into = training.values(network.input(block));
                int width = rows.width(block);
                for (int i = from; i < to; i++) {
                    rows.fill(examples, batch[i], block, into, i * width);
                }
            }
        };
    }

    private Loss loss(Examples examples, int[] batch) {
        for (int i = 0; i < batch.length; i++) {
            float label = examples.labels()[batch[i]];
            float weight = examples.weights()[batch[i]];
            targets[i] = plan.cost() == NetworkPlan.Cost.SQUARED ? RankerMeasures.sign(label) : weight * label;
            weights[i] = plan.cost() == NetworkPlan.Cost.LOGISTIC ? weight * (1 - label) : weight;
        }
        return switch (plan.cost()) {
            case LOGISTIC, WEIGHTED -> new Loss.Logistic(network.logits().getFirst(), targets, weights);
            case SQUARED -> new Loss.Squared(network.logits().getFirst(), targets, weights);
        };
    }

    /** The mean cost of examples with everything as it is. */
    private double cost(Examples examples) {
        double sum = 0;
        int size = plan.descent().batch();
        for (int from = 0; from < examples.size(); from += size) {
            int[] batch = new int[Math.min(size, examples.size() - from)];
            int first = from;
            Arrays.setAll(batch, i -> first + i);
            training.forward(batch.length, filling(examples, batch));
            sum += batch.length * training.cost(batch.length, List.of(loss(examples, batch)));
        }
        return sum / examples.size();
    }

    private Snapshot snapshot(double cost) {
        Map<String, List<float[]>> copies = new LinkedHashMap<>();
        rows.tables().forEach((name, table) -> copies.put(name, table.copy()));
        return new Snapshot(cost, network.graph().weights(), copies);
    }

    private void restore(Snapshot snapshot) {
        network.graph().restore(snapshot.weights());
        snapshot.tables().forEach((name, copy) -> {
            RowTable table = rows.tables().get(name);
            if (table != null) {
                table.restore(copy);
            }
        });
    }

    @Override
    public void close() {
        training.close();
    }
}
