package dev.funnel.trainer.tower;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.VectorTable;
import dev.funnel.inference.Tower;
import dev.funnel.inference.feature.CandidateReadings;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.NumberScale;
import dev.funnel.inference.feature.Numbers;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Vocabulary;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.learn.EmbeddingTable;
import dev.funnel.trainer.learn.ScaleFitting;
import dev.funnel.trainer.learn.Vocabularies;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Builds retrieval networks for what there is to read, and trains them. Deterministic for a seed. */
public final class TowerFit {
    /** How many examples the scales of numbers are fitted to. */
    private static final int SAMPLE = 5_000;

    /** Standard deviation of embeddings at the start. */
    private static final double START = 0.1;

    private static final String QUERY = "-query";
    private static final String ITEM = "-item";

    private final TowerInput input;
    private final TowerSettings settings;

    private TowerFit(TowerInput input, TowerSettings settings) {
        this.input = input;
        this.settings = settings;
    }

    /**
     * Trains.
     *
     * @param folder where in a bundle the networks' files will lie, e.g. {@code generators/two-tower}
     * @throws java.util.concurrent.CancellationException if interrupted
     */
    public static TrainedTowers fit(TowerInput input, TowerSettings settings, String folder, Progress progress) {
        return new TowerFit(input, settings).fit(folder, progress);
    }

    /**
     * Towers that have learnt nothing yet.
     *
     * @param item null if items have rows of their own
     */
    record Networks(
            TowerNetwork query,
            LearntFeatures queryFeatures,
            @Nullable TowerNetwork item,
            @Nullable LearntFeatures itemFeatures) {}

    /** The towers as they begin. */
    static Networks networks(TowerInput input, TowerSettings settings, String folder) {
        return new TowerFit(input, settings).networks(folder);
    }

    private Networks networks(String folder) {
        LearntFeatures query = new LearntFeatures(
                TowerFeatures.ofPeople(
                        input, settings, Tower.Files.at(folder + QUERY).features()),
                settings.seed() + 1);
        query.fitScales(examples());
        TowerNetwork queryNetwork =
                new TowerNetwork(query.transform(), query.tables, settings.query(), settings.seed() + 2);
        TowerShape shape = settings.item();
        if (shape == null) {
            return new Networks(queryNetwork, query, null, null);
        }
        LearntFeatures item = new LearntFeatures(
                TowerFeatures.ofItems(
                        input, settings, shape, Tower.Files.at(folder + ITEM).features()),
                settings.seed() + 3);
        item.fitScales(
                RankingInputs.ofItems(IntStream.range(0, input.items().size()).toArray()));
        TowerNetwork itemNetwork = new TowerNetwork(item.transform(), item.tables, shape, settings.seed() + 4);
        return new Networks(queryNetwork, query, itemNetwork, item);
    }

    private TrainedTowers fit(String folder, Progress progress) {
        Networks networks = networks(folder);
        TowerNetwork item = networks.item();
        LearntFeatures itemFeatures = networks.itemFeatures();
        if (item == null || itemFeatures == null) {
            EmbeddingTable rows = EmbeddingTable.random(
                    input.items().size(), settings.query().dimensions(), START, settings.seed() + 3);
            double[] costs = train(networks.query(), new ItemSide.Rows(rows), progress);
            return new TrainedTowers(settings, costs, learnt(networks, folder), null, rows.view());
        }
        ItemSide side = new ItemSide.Network(item, settings.sampling().itemsMasked());
        double[] costs = train(networks.query(), side, progress);
        itemFeatures.forgetUntouched();
        LearntTower tower = new LearntTower(Tower.Files.at(folder + ITEM), item, itemFeatures.store());
        return new TrainedTowers(
                settings,
                costs,
                learnt(networks, folder),
                tower,
                tower.items(input.items().size()));
    }

    private static LearntTower learnt(Networks networks, String folder) {
        networks.queryFeatures().forgetUntouched();
        return new LearntTower(
                Tower.Files.at(folder + QUERY),
                networks.query(),
                networks.queryFeatures().store());
    }

    private double[] train(TowerNetwork query, ItemSide items, Progress progress) {
        try (TowerTraining training = new TowerTraining(query, items, input.examples(), settings)) {
            return training.train(input.examples(), progress);
        }
    }

    private RankingInput[] examples() {
        TowerExamples.Epoch epoch = input.examples().epoch(0);
        int stride = Math.max(1, epoch.size() / SAMPLE);
        return IntStream.range(0, Math.min(SAMPLE, epoch.size()))
                .mapToObj(i -> epoch.person(i * stride))
                .toArray(RankingInput[]::new);
    }

    /** A schema with the tables, vocabularies and scales that are learnt for it. */
    final class LearntFeatures {
        private final FeatureSchema schema;
        private final Map<String, EmbeddingTable> tables = new LinkedHashMap<>();
        private final Map<String, Vocabulary> texts = new HashMap<>();
        private final Map<String, NumberScale> scales = new HashMap<>();

        LearntFeatures(FeatureSchema schema, long seed) {
            this.schema = schema;
            long next = seed << 16;
            for (VectorTable table : schema.tables()) {
                tables.put(table.name(), EmbeddingTable.random(rows(table), table.width(), START, next++));
                if (table.keys() == VectorTable.Keys.TEXT) {
                    texts.put(table.name(), vocabulary(table));
                }
            }
            numbers().forEach((name, feature) -> scale(feature, new float[0]));
        }

        private int rows(VectorTable table) {
            return switch (table.keys()) {
                case ITEM -> input.items().size();
                case TEXT -> vocabulary(table).size();
                case HASH -> table.buckets();
            };
        }

        private Vocabulary vocabulary(VectorTable table) {
            Vocabularies vocabularies = input.vocabularies();
            return vocabularies.of(TowerFeatures.vocabularyOf(table));
        }

        private Map<String, NumberFeature> numbers() {
            Map<String, NumberFeature> numbers = new HashMap<>();
            schema.blocks().stream()
                    .flatMap(block -> block.features().stream())
                    .forEach(feature -> add(numbers, feature));
            return numbers;
        }

        private static void add(Map<String, NumberFeature> numbers, Feature feature) {
            if (feature instanceof NumberFeature number) {
                numbers.put(number.name(), number);
            }
        }

        private void scale(NumberFeature feature, float[] sample) {
            switch (feature.scale()) {
                case NONE -> {}
                case QUANTILE -> scales.put(feature.name(), ScaleFitting.quantiles(sample));
                case STANDARD -> scales.put(feature.name(), ScaleFitting.standard(sample));
            }
        }

        /** Fits the scales to what is read of these: of people one number each, of items one for each. */
        void fitScales(RankingInput... inputs) {
            FeatureTransform reading = transform();
            Map<String, float[]> samples = new HashMap<>();
            for (RankingInput one : inputs) {
                var request = reading.open(one);
                collect(
                        samples,
                        reading.requestNumbers(),
                        reading.readRequest(request).numbers());
                CandidateReadings candidates = reading.readCandidates(request, 0, one.candidates().length);
                collect(
                        samples,
                        reading.candidateNumbers(),
                        Arrays.stream(candidates.numbers())
                                .map(Numbers::toArray)
                                .toArray(float[][]::new));
            }
            numbers().forEach((name, feature) -> scale(feature, samples.getOrDefault(name, new float[0])));
        }

        private static void collect(Map<String, float[]> samples, List<String> names, float[][] values) {
            for (int slot = 0; slot < names.size(); slot++) {
                float[] more = values[slot];
                samples.merge(names.get(slot), more, (a, b) -> {
                    float[] both = Arrays.copyOf(a, a.length + b.length);
                    System.arraycopy(b, 0, both, a.length, b.length);
                    return both;
                });
            }
        }

        FeatureTransform transform() {
            return new FeatureTransform(schema, store());
        }

        FeatureStore store() {
            Map<String, FloatMatrix> views = new HashMap<>();
            tables.forEach((name, table) -> views.put(name, table.view()));
            return new FeatureStore(input.items(), views, texts, scales, Map.of());
        }

        void forgetUntouched() {
            tables.values().forEach(EmbeddingTable::forgetUntouched);
        }
    }
}
