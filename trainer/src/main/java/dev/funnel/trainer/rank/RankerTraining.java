package dev.funnel.trainer.rank;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.VectorTable;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.NumberScale;
import dev.funnel.inference.feature.Vocabulary;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.learn.EmbeddingTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Trains a ranker: reads the examples' features as a service would have, fits the scales of numbers, then network and
 * embeddings together, or trees, by weighted logistic regression (Covington et al. 2016, section 4.2).
 */
public final class RankerTraining {
    /** Of rows before the first step: networks that multiply rows with one another learn nothing of zeros. */
    private static final double FIRST_DEVIATION = .01;

    private final RankerTrainingInput input;
    private final RankerSettings settings;
    private final RankerGoals goals;
    private final Map<String, Vocabulary> vocabularies;
    private final CountedItems statistics;
    private final FeatureSchema schema;
    private final Map<String, EmbeddingTable> learnt = new LinkedHashMap<>();

    private RankerTraining(RankerTrainingInput input, RankerSettings settings) {
        this.input = input;
        this.settings = settings;
        this.goals = settings.goals().orHeads(heads(input.examples()));
        this.statistics = CountedItems.of(input);
        RankerVocabularies texts = RankerVocabularies.count(input, settings.features());
        DeclaredFeatures features = features(texts);
        this.vocabularies = texts.of(features.tables());
        this.schema = features.schema(input.vectors(), HeadKind.heads(goals.heads()));
        for (VectorTable table : schema.tables()) {
            if (table.file().equals(DeclaredFeatures.FILE)) {
                learnt.put(
                        table.name(),
                        EmbeddingTable.random(
                                rows(table), table.width(), FIRST_DEVIATION, settings.seed() + learnt.size()));
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
        return switch (settings.learner()) {
            case RankerSettings.NetworkPlan network -> written(texts);
            case RankerSettings.TreePlan trees -> written(texts).ofWidth(LabelTables.width(goals.heads()));
        };
    }

    private DeclaredFeatures written(RankerVocabularies texts) {
        DeclaredFeatures declared = settings.features();
        if (declared == null) {
            return DefaultFeatures.of(input, settings, texts.counted(), statistics.names());
        }
        texts.requireTexts(declared.tables());
        declared.requireTold(input.examples());
        return declared;
    }

    /** What these examples tell; the first is the score unless somebody asks for something else. */
    private static List<HeadKind> heads(Examples examples) {
        return switch (examples) {
            case Examples.Positives held ->
                List.of(watched(held.positives().watchSeconds()) ? HeadKind.WATCH_TIME : HeadKind.PREFERENCE);
            case Examples.Impressions shown -> {
                List<HeadKind> heads = new ArrayList<>();
                if (watched(shown.log().watchSeconds())) {
                    heads.add(HeadKind.WATCH_TIME);
                }
                heads.add(HeadKind.CLICK);
                if (IntStream.range(0, shown.liked().length).anyMatch(i -> shown.liked()[i])) {
                    heads.add(HeadKind.LIKE);
                }
                yield heads;
            }
        };
    }

    private static boolean watched(float[] seconds) {
        return IntStream.range(0, seconds.length).anyMatch(i -> seconds[i] > 0);
    }

    private int rows(VectorTable table) {
        return switch (table.keys()) {
            case ITEM -> input.items().size();
            case TEXT -> Objects.requireNonNull(vocabularies.get(table.name())).size();
            case HASH -> table.buckets();
        };
    }

    private TrainedRanker fit(Progress progress) {
        List<FeatureTransform> readings = statistics.steps().stream()
                .map(counted -> transform(Scales.unfitted(schema), counted))
                .toList();
        List<ReadPage> pages = new ExampleReading(input, settings, readings, statistics).read(progress.part(0, 0.25));
        int validated = (int) Math.ceil(settings.validationShare() * pages.size());
        List<ReadPage> training = pages.subList(0, pages.size() - validated);
        List<ReadPage> validation = pages.subList(pages.size() - validated, pages.size());
        requireBoth(training, validation);
        Map<String, NumberScale> scales = Scales.fit(schema, readings.getFirst(), training);
        FeatureTransform transform = transform(scales, statistics.last());
        FittedModel fitted = learn(transform, training, validation, progress.part(0.25, 1));
        RankerMetrics metrics = new RankerValidation(transform, goals.heads()).measure(fitted, validation);
        return new TrainedRanker(schema, store(scales, statistics.last()), fitted, goals, metrics);
    }

    private FittedModel learn(
            FeatureTransform transform, List<ReadPage> training, List<ReadPage> validation, Progress progress) {
        return switch (settings.learner()) {
            case RankerSettings.NetworkPlan plan -> {
                try (NetworkTraining network =
                        new NetworkTraining(transform, learnt, plan, settings, goals.heads(), training)) {
                    yield network.train(training, validation, progress);
                }
            }
            case RankerSettings.TreePlan plan ->
                new TreeTraining(transform, learnt, plan, settings, goals.heads())
                        .train(training, validation, progress);
        };
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

    private FeatureTransform transform(Map<String, NumberScale> scales, Map<String, float[]> counted) {
        return new FeatureTransform(schema, store(scales, counted));
    }

    private FeatureStore store(Map<String, NumberScale> scales, Map<String, float[]> counted) {
        Map<String, FloatMatrix> tables = new HashMap<>();
        learnt.forEach((name, table) -> tables.put(name, table.view()));
        input.vectors().forEach((name, vectors) -> tables.put(name, vectors.rows()));
        return new FeatureStore(input.items(), tables, vocabularies, scales, counted);
    }
}
