package dev.funnel.trainer.rank;

import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.learn.EmbeddingTable;
import dev.funnel.trainer.learn.Shuffling;
import dev.funnel.trainer.learn.graph.GraphTraining;
import dev.funnel.trainer.learn.graph.Node;
import dev.funnel.trainer.network.BuiltNetwork;
import dev.funnel.trainer.network.Networks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Gradient descent over pages: network and embedding tables together, the best epoch on the validation pages kept. Pages are
 * shuffled, examples of a page stay together.
 */
final class NetworkTraining implements AutoCloseable {
    private static final String FILE = "ranker/network.onnx";
    private static final String WORK = "training the ranker";

    private final FeatureTransform transform;
    private final Map<String, EmbeddingTable> tables;
    private final RankerSettings settings;
    private final List<HeadKind> heads;
    private final BuiltNetwork network;
    private final GraphTraining descent;
    private final FeatureBlocks blocks;
    private final TableGradients gradients;
    private final BatchTargets targets;

    /** What one epoch arrived at. */
    private record Snapshot(double loss, List<float[]> weights, Map<String, float[]> tables) {}

    /** @param heads those of the schema, in its order */
    NetworkTraining(
            FeatureTransform transform,
            Map<String, EmbeddingTable> tables,
            RankerSettings.NetworkPlan plan,
            RankerSettings settings,
            List<HeadKind> heads,
            List<ReadPage> training) {
        this.transform = transform;
        this.tables = tables;
        this.settings = settings;
        this.heads = List.copyOf(heads);
        FeatureSchema schema = transform.schema();
        int capacity = settings.descent().batchSize() + ImpressionPages.LONGEST;
        List<HeadScale> scales = heads.stream()
                .map(head -> HeadScale.of(head, settings.weighting(), training))
                .toList();
        this.network = Networks.named(plan.name()).build(schema, tables.keySet(), plan.shape(scales), settings.seed());
        this.descent = new GraphTraining(
                network.graph(),
                capacity,
                settings.descent().learningRate(),
                settings.descent().decay(),
                settings.threads());
        this.blocks = FeatureBlocks.rowPerCandidate(schema, capacity);
        this.targets = new BatchTargets(scales, settings.weighting(), capacity);
        this.gradients =
                new TableGradients(transform, tables, settings.descent().tableLearningRate());
    }

    /** Trains; puts the tables into the state of the best epoch. */
    FittedModel train(List<ReadPage> training, List<ReadPage> validation, Progress progress) {
        SplittableRandom random = new SplittableRandom(settings.seed());
        int[] order = new int[training.size()];
        Arrays.setAll(order, i -> i);
        Snapshot best = null;
        for (int epoch = 0; epoch < settings.descent().epochs(); epoch++) {
            Shuffling.shuffle(order, random);
            epoch(training, order, epoch, progress);
            tables.values().forEach(EmbeddingTable::forgetUntouched); // as they are served to what training never saw
            double loss = loss(validation);
            if (best == null || loss < best.loss()) {
                best = snapshot(loss);
            }
        }
        Snapshot kept = Objects.requireNonNull(best, "there is at least one epoch");
        network.graph().restore(kept.weights());
        tables.forEach((name, table) ->
                table.restore(Objects.requireNonNull(kept.tables().get(name))));
        return new FittedModel(
                kept.loss(),
                FILE,
                network.model(
                        HeadCalibration.transforms(heads, settings.weighting(), training, validation, this::logits)));
    }

    /** Per head the logits of the pages' examples, with the network and the tables as they are. */
    private float[][] logits(List<ReadPage> pages) {
        float[][] logits = new float[network.logits().size()][HeadCalibration.examples(pages)];
        int at = 0;
        for (List<ReadPage> batch : batches(pages)) {
            int rows = fill(batch);
            descent.forward(rows, (from, to) -> {});
            for (int h = 0; h < logits.length; h++) {
                System.arraycopy(descent.values(network.logits().get(h)), 0, logits[h], at, rows);
            }
            at += rows;
        }
        return logits;
    }

    private Snapshot snapshot(double loss) {
        Map<String, float[]> rows = new HashMap<>();
        tables.forEach((name, table) -> rows.put(name, table.copy()));
        return new Snapshot(loss, network.graph().weights(), rows);
    }

    private void epoch(List<ReadPage> pages, int[] order, int epoch, Progress progress) {
        int done = 0;
        for (List<ReadPage> batch :
                batches(Arrays.stream(order).mapToObj(pages::get).toList())) {
            double share =
                    (epoch + (double) done / order.length) / settings.descent().epochs();
            progress.advance(WORK, share);
            descent.learningRate(settings.descent().learningRateAt(share));
            int rows = fill(batch);
            gradients.of(batch, block -> descent.gradient(network.input(block)));
            descent.step(rows, (from, to) -> {}, targets.losses(network.logits()), gradients);
            done += batch.size();
        }
    }

    /** Cuts pages into batches of about the size that is set. */
    private List<List<ReadPage>> batches(List<ReadPage> pages) {
        List<List<ReadPage>> batches = new ArrayList<>();
        int from = 0;
        int rows = 0;
        for (int i = 0; i < pages.size(); i++) {
            rows += pages.get(i).size();
            if (rows >= settings.descent().batchSize() || i == pages.size() - 1) {
                batches.add(pages.subList(from, i + 1));
                from = i + 1;
                rows = 0;
            }
        }
        return batches;
    }

    /** Fills the network's inputs and the targets; returns how many examples there are. */
    private int fill(List<ReadPage> pages) {
        int rows = 0;
        for (ReadPage page : pages) {
            transform.write(page.request(), page.candidates(), blocks, rows);
            targets.fill(page.page(), rows);
            rows += page.size();
        }
        for (int block = 0; block < blocks.size(); block++) {
            Node input = network.input(block);
            blocks.buffer(block, rows).asFloatBuffer().get(descent.values(input), 0, rows * input.width());
        }
        return rows;
    }

    /** Mean cost of the examples with the network and the tables as they are. */
    private double loss(List<ReadPage> pages) {
        double sum = 0;
        int count = 0;
        for (List<ReadPage> batch : batches(pages)) {
            int rows = fill(batch);
            descent.forward(rows, (from, to) -> {});
            sum += rows * descent.cost(rows, targets.losses(network.logits()));
            count += rows;
        }
        return sum / Math.max(1, count);
    }

    @Override
    public void close() {
        descent.close();
    }
}
