package dev.funnel.trainer.rank;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.feature.CandidateRows;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.Lookup;
import dev.funnel.inference.feature.Vocabulary;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.learn.EmbeddingTable;
import dev.funnel.trainer.rank.RankerSettings.Weighting;
import dev.funnel.trainer.rank.network.Batch;
import dev.funnel.trainer.rank.network.DenseNetwork;
import dev.funnel.trainer.rank.network.InputBlock;
import dev.funnel.trainer.rank.network.NetworkSettings;
import dev.funnel.trainer.rank.network.NetworkWeights;
import java.nio.ByteBuffer;
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
    private static final float LOWEST_LOGIT = -15;
    private static final float HIGHEST_LOGIT = 15;
    private static final String WORK = "training the ranker";

    private final FeatureTransform transform;
    private final Map<String, EmbeddingTable> tables;
    private final RankerSettings settings;
    private final DenseNetwork network;
    private final FeatureBlocks blocks;
    private final List<float[]> gradients = new ArrayList<>();
    private final float[] positives;
    private final float[] negatives;
    private final float[] logits;

    /** What one epoch arrived at. */
    record Snapshot(int epoch, double loss, NetworkWeights weights, Map<String, float[]> tables) {}

    NetworkTraining(
            FeatureTransform transform,
            Map<String, EmbeddingTable> tables,
            RankerSettings settings,
            double meanWeight) {
        this.transform = transform;
        this.tables = tables;
        this.settings = settings;
        FeatureSchema schema = transform.schema();
        List<InputBlock> inputs = new ArrayList<>();
        for (Block block : schema.blocks()) {
            inputs.add(new InputBlock(
                    block.name(), schema.width(block), block.source().oncePerRequest()));
        }
        int capacity = settings.descent().batchSize() + ImpressionPages.LONGEST;
        this.network = new DenseNetwork(
                inputs,
                new NetworkSettings(
                        settings.hidden(),
                        settings.descent().learningRate(),
                        (float) Math.log(Math.max(meanWeight, 1e-6)),
                        settings.seed()));
        this.blocks = FeatureBlocks.rowPerCandidate(schema, capacity);
        for (int i = 0; i < inputs.size(); i++) {
            gradients.add(new float[learns(i) ? capacity * inputs.get(i).width() : 0]);
        }
        this.positives = new float[capacity];
        this.negatives = new float[capacity];
        this.logits = new float[capacity];
    }

    private boolean learns(int block) {
        return transform.lookups().stream()
                .anyMatch(lookup -> lookup.block() == block
                        && tables.containsKey(lookup.table().name()));
    }

    /** Trains; puts the tables into the state of the best epoch and returns it. */
    Snapshot train(List<ReadPage> training, List<ReadPage> validation, Progress progress) {
        SplittableRandom random = new SplittableRandom(settings.seed());
        int[] order = new int[training.size()];
        Arrays.setAll(order, i -> i);
        Snapshot best = null;
        for (int epoch = 0; epoch < settings.descent().epochs(); epoch++) {
            shuffle(order, random);
            epoch(training, order, epoch, progress);
            Snapshot now = snapshot(epoch, loss(validation));
            if (best == null || now.loss() < best.loss()) {
                best = now;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("no epochs");
        }
        Map<String, float[]> rows = best.tables();
        tables.forEach((name, table) -> table.restore(Objects.requireNonNull(rows.get(name))));
        return best;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    private Snapshot snapshot(int epoch, double loss) {
        Map<String, float[]> rows = new HashMap<>();
        tables.forEach((name, table) -> rows.put(name, table.copy()));
        return new Snapshot(epoch, loss, network.weights(LOWEST_LOGIT, HIGHEST_LOGIT), rows);
    }

    private void epoch(List<ReadPage> pages, int[] order, int epoch, Progress progress) {
        int done = 0;
        for (List<ReadPage> batch :
                batches(Arrays.stream(order).mapToObj(pages::get).toList())) {
            double share =
                    (epoch + (double) done / order.length) / settings.descent().epochs();
            progress.advance(WORK, share);
            network.learningRate((float) (settings.descent().learningRate() * (1 - 0.9 * share)));
            step(batch);
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

    private void step(List<ReadPage> pages) {
        network.step(batch(fill(pages)), gradients);
        int at = 0;
        for (ReadPage page : pages) {
            collect(page, at);
            at += page.size();
        }
        tables.values().forEach(table -> table.step(settings.descent().tableLearningRate()));
    }

    /** Fills the blocks; returns how many examples there are. */
    private int fill(List<ReadPage> pages) {
        int at = 0;
        for (ReadPage page : pages) {
            transform.write(page.request(), page.candidates(), blocks, at);
            for (int i = 0; i < page.size(); i++) {
                positives[at + i] = page.page().weights()[i];
                boolean alsoNegative = settings.weighting() == Weighting.EXPECTED_WEIGHT;
                negatives[at + i] = alsoNegative || !page.page().positive()[i] ? 1 : 0;
            }
            at += page.size();
        }
        return at;
    }

    private Batch batch(int rows) {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            buffers.add(blocks.buffer(i, rows));
        }
        return new Batch(rows, buffers, Arrays.copyOf(positives, rows), Arrays.copyOf(negatives, rows));
    }

    /** Sends the gradients of a page's rows, from row {@code at} on, to the embedding rows that filled them. */
    private void collect(ReadPage page, int at) {
        for (Lookup lookup : transform.lookups()) {
            EmbeddingTable table = tables.get(lookup.table().name());
            if (table != null) {
                switch (lookup) {
                    case Lookup.OfRequest ofRequest -> collectRequest(ofRequest, table, page, at);
                    case Lookup.OfItem ofItem -> collectItems(ofItem, table, page, at);
                    case Lookup.OfCandidate cross -> collectCross(cross, table, page, at);
                }
            }
        }
    }

    private void collectRequest(Lookup.OfRequest lookup, EmbeddingTable table, ReadPage page, int at) {
        int[] rows = page.request().rows()[lookup.slot()];
        if (rows.length == 0) {
            return;
        }
        float[] gradient = gradients.get(lookup.block());
        int width = blocks.width(lookup.block());
        float[] sum = new float[table.width()];
        for (int i = 0; i < page.size(); i++) {
            for (int c = 0; c < sum.length; c++) {
                sum[c] += gradient[(at + i) * width + lookup.column() + c];
            }
        }
        for (int row : rows) {
            table.collect(row, sum, 0, 1f / rows.length);
        }
    }

    private void collectItems(Lookup.OfItem lookup, EmbeddingTable table, ReadPage page, int at) {
        float[] gradient = gradients.get(lookup.block());
        int width = blocks.width(lookup.block());
        int[] items = page.candidates().items();
        for (int i = 0; i < items.length; i++) {
            int known = 0;
            for (int v = 0; v < lookup.count(items[i]); v++) {
                known += lookup.row(items[i], v) == Vocabulary.UNKNOWN ? 0 : 1;
            }
            for (int v = 0; v < lookup.count(items[i]); v++) {
                int row = lookup.row(items[i], v);
                if (row != Vocabulary.UNKNOWN) {
                    table.collect(row, gradient, (at + i) * width + lookup.column(), 1f / known);
                }
            }
        }
    }

    private void collectCross(Lookup.OfCandidate lookup, EmbeddingTable table, ReadPage page, int at) {
        float[] gradient = gradients.get(lookup.block());
        int width = blocks.width(lookup.block());
        CandidateRows read = page.candidates().rows()[lookup.slot()];
        for (int i = 0; i < page.size(); i++) {
            int begin = read.begin(i);
            int end = read.ends()[i];
            for (int r = begin; r < end; r++) {
                table.collect(read.rows()[r], gradient, (at + i) * width + lookup.column(), 1f / (end - begin));
            }
        }
    }

    /** Mean cost of the examples with the network and the tables as they are. */
    private double loss(List<ReadPage> pages) {
        double sum = 0;
        int count = 0;
        for (List<ReadPage> batch : batches(pages)) {
            int rows = fill(batch);
            network.logits(batch(rows), logits);
            for (int i = 0; i < rows; i++) {
                sum += negatives[i] * softplus(logits[i]) + positives[i] * softplus(-logits[i]);
            }
            count += rows;
        }
        return sum / Math.max(1, count);
    }

    private static double softplus(double z) {
        return z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
    }

    @Override
    public void close() {
        network.close();
    }
}
