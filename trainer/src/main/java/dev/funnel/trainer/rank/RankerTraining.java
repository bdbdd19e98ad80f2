package dev.funnel.trainer.rank;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.VectorTable;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.engine.OnnxRuntimeEngine;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.NumberScale;
import dev.funnel.inference.feature.Vocabulary;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.learn.EmbeddingTable;
import dev.funnel.trainer.rank.network.OnnxGraph;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Trains a ranker: reads the examples' features as a service would have, fits the scales of numbers, then network and
 * embeddings together, by weighted logistic regression (Covington et al. 2016, section 4.2).
 */
public final class RankerTraining {
    private static final String OUTPUT = "odds";

    private final RankerTrainingInput input;
    private final RankerSettings settings;
    private final Map<String, Vocabulary> vocabularies;
    private final Map<String, float[]> statistics;
    private final FeatureSchema schema;
    private final Map<String, EmbeddingTable> learnt = new LinkedHashMap<>();

    private RankerTraining(RankerTrainingInput input, RankerSettings settings) {
        this.input = input;
        this.settings = settings;
        this.statistics = countStatistics(input);
        RankerVocabularies texts = RankerVocabularies.count(input, settings.features());
        DeclaredFeatures features = features(texts);
        this.vocabularies = texts.of(features.tables());
        this.schema = features.schema(input.vectors(), List.of(head(input.examples())));
        for (VectorTable table : schema.tables()) {
            if (table.file().equals(DeclaredFeatures.FILE)) {
                learnt.put(table.name(), new EmbeddingTable(rows(table), table.width()));
            }
        }
    }

    /**
     * Trains on the examples; deterministic for a seed.
     *
     * @throws java.util.concurrent.CancellationException if interrupted
     * @throws IllegalArgumentException if there is nothing to learn from
     */
    public static TrainedRanker fit(RankerTrainingInput input, RankerSettings settings, Progress progress) {
        return new RankerTraining(input, settings).fit(progress);
    }

    private DeclaredFeatures features(RankerVocabularies texts) {
        DeclaredFeatures declared = settings.features();
        if (declared == null) {
            return DefaultFeatures.of(input, settings, texts.counted(), statistics.keySet());
        }
        texts.requireTexts(declared.tables());
        return declared;
    }

    private static Map<String, float[]> countStatistics(RankerTrainingInput input) {
        ItemStatistics count = new ItemStatistics(input.items());
        return switch (input.examples()) {
            case Examples.Impressions shown -> count.count(input.past(), shown.log(), shown.fromMs());
            case Examples.Positives held -> count.count(input.past(), null, Long.MAX_VALUE);
        };
    }

    private static Head head(Examples examples) {
        float[] seconds = switch (examples) {
            case Examples.Impressions shown -> shown.log().watchSeconds();
            case Examples.Positives held -> held.positives().watchSeconds();
        };
        boolean watched = IntStream.range(0, seconds.length).anyMatch(i -> seconds[i] > 0);
        return watched ? new Head("watch_time", OUTPUT, "s") : new Head("preference", OUTPUT, "1");
    }

    private int rows(VectorTable table) {
        return switch (table.keys()) {
            case ITEM -> input.items().size();
            case TEXT -> Objects.requireNonNull(vocabularies.get(table.name())).size();
            case HASH -> table.buckets();
        };
    }

    private TrainedRanker fit(Progress progress) {
        FeatureTransform reading = transform(Scales.unfitted(schema));
        List<ReadPage> pages = new ExampleReading(input, settings, reading).read(progress.part(0, 0.25));
        int validated = (int) Math.ceil(settings.validationShare() * pages.size());
        List<ReadPage> training = pages.subList(0, pages.size() - validated);
        List<ReadPage> validation = pages.subList(pages.size() - validated, pages.size());
        requireBoth(training, validation);
        Map<String, NumberScale> scales = Scales.fit(schema, reading, training);
        try (NetworkTraining network = new NetworkTraining(transform(scales), learnt, settings, meanWeight(training))) {
            NetworkTraining.Snapshot best = network.train(training, validation, progress.part(0.25, 1));
            byte[] model = OnnxGraph.write(best.weights(), OUTPUT);
            RankerMetrics metrics = measure(scales, model, validation, best.loss());
            return new TrainedRanker(schema, store(scales), model, metrics);
        }
    }

    private static void requireBoth(List<ReadPage> training, List<ReadPage> validation) {
        for (List<ReadPage> pages : List.of(training, validation)) {
            boolean positive = false;
            boolean negative = false;
            for (ReadPage page : pages) {
                for (boolean one : page.page().positive()) {
                    positive |= one;
                    negative |= !one;
                }
            }
            if (!positive || !negative) {
                throw new IllegalArgumentException(
                        "%d pages with%s positives and with%s negatives are nothing for a ranker to learn from"
                                .formatted(pages.size(), positive ? "" : "out", negative ? "" : "out"));
            }
        }
    }

    private static double meanWeight(List<ReadPage> pages) {
        double sum = 0;
        long count = 0;
        for (ReadPage page : pages) {
            for (float weight : page.page().weights()) {
                sum += weight;
            }
            count += page.size();
        }
        return sum / Math.max(1, count);
    }

    private FeatureTransform transform(Map<String, NumberScale> scales) {
        return new FeatureTransform(schema, store(scales));
    }

    private FeatureStore store(Map<String, NumberScale> scales) {
        Map<String, FloatMatrix> tables = new HashMap<>();
        learnt.forEach((name, table) -> tables.put(name, table.view()));
        input.vectors().forEach((name, vectors) -> tables.put(name, vectors.rows()));
        return new FeatureStore(input.items(), tables, vocabularies, scales, statistics);
    }

    /** Measures the model as it will be served, but at the positions at which the examples were shown. */
    private RankerMetrics measure(
            Map<String, NumberScale> scales, byte[] model, List<ReadPage> pages, double weightedLoss) {
        MetricsCount count = new MetricsCount();
        try (Engine engine = OnnxRuntimeEngine.load(model, schema)) {
            FeatureTransform transform = transform(scales);
            FeatureBlocks blocks = engine.blocks(ImpressionPages.LONGEST);
            for (ReadPage page : pages) {
                float[][] values = new float[1][page.size()];
                transform.write(page.request(), page.candidates(), blocks, 0);
                engine.run(blocks, page.size(), values, 0);
                count.add(values[0], page.page().weights(), page.page().positive());
            }
        } catch (EngineRefusedException e) {
            throw new IllegalStateException("a network just written cannot be loaded", e);
        }
        return count.metrics(weightedLoss);
    }
}
