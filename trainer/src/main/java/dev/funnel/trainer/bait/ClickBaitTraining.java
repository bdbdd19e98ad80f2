package dev.funnel.trainer.bait;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Request;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.learn.RocArea;
import dev.funnel.trainer.learn.Shuffling;
import dev.funnel.trainer.learn.graph.GraphTraining;
import dev.funnel.trainer.learn.graph.Loss;
import dev.funnel.trainer.learn.graph.ModelOutput;
import dev.funnel.trainer.learn.graph.Node;
import dev.funnel.trainer.network.BuiltNetwork;
import dev.funnel.trainer.network.NetworkShape;
import dev.funnel.trainer.network.Networks;
import dev.funnel.trainer.read.InteractionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains the click-bait model: logistic regression through one hidden layer on whether a click was left at once. What the model
 * reads is counted from the earlier clicks and what it learns from are the later ones, so that no example is counted in its own
 * features; what is published is counted from all. Deterministic for a seed.
 */
public final class ClickBaitTraining {
    private static final String WORK = "learning click-bait";
    private static final String BLOCK = "item";
    private static final String OUTPUT = "odds";
    private static final double COUNTED = 0.6;
    private static final double HELD_OUT = 0.1;
    private static final int BATCH = 256;
    private static final float LEARNING_RATE = 3e-3f;
    private static final float LARGEST_LOGIT = 15;

    private final ItemTable items;
    private final ClickBaitSettings settings;
    private final Clicks clicks;
    private final LeaveRates rates;
    private final FeatureSchema schema = schema();
    private final BuiltNetwork network;
    private final FeatureBlocks blocks = FeatureBlocks.rowPerCandidate(schema, BATCH);
    private final float[] positives = new float[BATCH];
    private final float[] negatives = new float[BATCH];

    private ClickBaitTraining(ItemTable items, Clicks clicks, ClickBaitSettings settings) {
        this.items = items;
        this.settings = settings;
        this.clicks = clicks;
        this.rates = new LeaveRates(items);
        double share = clicks.share();
        this.network = Networks.named("mlp")
                .build(
                        schema,
                        Set.of(),
                        new NetworkShape(List.of(settings.hidden()), 0, List.of(), List.of((float)
                                Math.log(share / (1 - share)))),
                        settings.seed());
    }

    /** The model; null if the log has too few clicks of known watch time, or none that was left at once. */
    public static @Nullable TrainedClickBait fit(
            ItemTable items, InteractionLog log, ClickBaitSettings settings, Progress progress) {
        Clicks clicks = Clicks.of(log, settings.leftWithinSeconds());
        if (clicks.size() < settings.fewestClicks() || clicks.share() == 0 || clicks.share() == 1) {
            return null;
        }
        return new ClickBaitTraining(items, clicks, settings).fit(progress);
    }

    private TrainedClickBait fit(Progress progress) {
        int counted = (int) (COUNTED * clicks.size());
        int heldOut = (int) ((1 - HELD_OUT) * clicks.size());
        FeatureStore early = store(clicks.part(0, counted));
        FeatureTransform transform = new FeatureTransform(schema, early);
        try (GraphTraining descent = new GraphTraining(network.graph(), BATCH, LEARNING_RATE, 0, 1)) {
            train(descent, transform, clicks.part(counted, heldOut), progress);
            byte[] model = network.model(List.of(new ModelOutput.Odds(-LARGEST_LOGIT, LARGEST_LOGIT)));
            Clicks test = clicks.part(heldOut, clicks.size());
            return new TrainedClickBait(schema, store(clicks), model, clicks.share(), area(descent, transform, test));
        }
    }

    private FeatureStore store(Clicks counted) {
        return new FeatureStore(items, Map.of(), Map.of(), Map.of(), rates.count(counted));
    }

    private void train(GraphTraining descent, FeatureTransform transform, Clicks examples, Progress progress) {
        List<Loss> losses = List.of(new Loss.Logistic(logit(), positives, negatives));
        SplittableRandom random = new SplittableRandom(settings.seed());
        int[] order = IntStream.range(0, examples.size()).toArray();
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            progress.advance(WORK, (double) epoch / settings.epochs());
            Shuffling.shuffle(order, random);
            for (int from = 0; from < order.length; from += BATCH) {
                int[] chosen = Arrays.copyOfRange(order, from, Math.min(order.length, from + BATCH));
                fill(descent, transform, examples, chosen);
                descent.step(chosen.length, losses);
            }
        }
    }

    private Node logit() {
        return network.logits().getFirst();
    }

    private void fill(GraphTraining descent, FeatureTransform transform, Clicks examples, int[] chosen) {
        int[] candidates = Arrays.stream(chosen).map(i -> examples.items()[i]).toArray();
        Request request = transform.open(
                new RankingInput(0, Map.of(), Map.of(), History.EMPTY, null, candidates, List.of(), new int[0]));
        transform.write(transform.readRequest(request), transform.readCandidates(request, 0, chosen.length), blocks, 0);
        Node input = network.input(0);
        blocks.buffer(0, chosen.length).asFloatBuffer().get(descent.values(input), 0, chosen.length * input.width());
        for (int i = 0; i < chosen.length; i++) {
            positives[i] = examples.left()[chosen[i]] ? 1 : 0;
            negatives[i] = 1 - positives[i];
        }
    }

    /** The probability that a click left at once is ranked above another (area under the ROC curve); ties count half. */
    private double area(GraphTraining descent, FeatureTransform transform, Clicks test) {
        float[] logits = new float[test.size()];
        for (int from = 0; from < logits.length; from += BATCH) {
            int[] chosen =
                    IntStream.range(from, Math.min(logits.length, from + BATCH)).toArray();
            fill(descent, transform, test, chosen);
            descent.forward(chosen.length, (first, to) -> {});
            System.arraycopy(descent.values(logit()), 0, logits, from, chosen.length);
        }
        return RocArea.of(logits, test.left());
    }

    private static FeatureSchema schema() {
        List<Feature> features = new ArrayList<>();
        for (String name : LeaveRates.NAMES) {
            features.add(new NumberFeature(name, Reading.STATISTIC, name, Scale.NONE, false, 0, true));
        }
        return new FeatureSchema(
                1,
                List.of(),
                List.of(new Block(BLOCK, Source.ITEM, features)),
                List.of(new Head(TrainedClickBait.HEAD, OUTPUT, "1")));
    }
}
