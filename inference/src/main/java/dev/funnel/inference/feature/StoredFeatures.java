package dev.funnel.inference.feature;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.ByteVector;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.StringVector;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.ReadingFeature;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.VectorTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A {@link FeatureStore} as tensors. In the ranker's features file: {@code quantiles.<feature>}, {@code standard.<feature>},
 * {@code statistic.<name>.values} f32 [items] and {@code .present} u8 [items], and the tables that name that file; tables that
 * name another one, such as a generator's factors, are read there.
 */
public final class StoredFeatures {
    private final FeatureSchema schema;

    private StoredFeatures(FeatureSchema schema) {
        this.schema = schema;
    }

    /** The bundle's files, by path. */
    @FunctionalInterface
    public interface Files {
        /** The file at that path; {@link IllegalArgumentException} if there is none. */
        TensorFile open(String path);
    }

    /** Reads what the schema asks for; matrices stay where they are mapped. */
    public static FeatureStore load(FeatureSchema schema, ItemTable items, Files files, String featuresFile)
            throws BundleRefusedException {
        StoredFeatures stored = new StoredFeatures(schema);
        TensorFile features = files.open(featuresFile);
        Map<String, FloatMatrix> tables = new HashMap<>();
        Map<String, Vocabulary> vocabularies = new HashMap<>();
        for (VectorTable table : schema.tables()) {
            if (table.width() > 0) {
                tables.put(table.name(), files.open(table.file()).floats(table.tensor()));
            }
            if (table.keys() == VectorTable.Keys.TEXT) {
                vocabularies.put(table.name(), vocabulary(files.open(table.file()), table.tensor()));
            }
        }
        return new FeatureStore(
                items, tables, vocabularies, stored.scales(features), stored.statistics(features, items.size()));
    }

    private static Vocabulary vocabulary(TensorFile file, String tensor) throws BundleRefusedException {
        StringVector texts = StringVector.read(file, tensor);
        try {
            return new Vocabulary(
                    IntStream.range(0, texts.size()).mapToObj(texts::value).toList());
        } catch (IllegalArgumentException e) {
            throw file.refused(tensor, String.valueOf(e.getMessage()));
        }
    }

    private Map<String, NumberScale> scales(TensorFile file) throws BundleRefusedException {
        Map<String, NumberScale> scales = new HashMap<>();
        for (NumberFeature feature : scaled().toList()) {
            String tensor = scaleTensor(feature);
            try {
                scales.put(feature.name(), scale(feature.scale(), file.floats(tensor)));
            } catch (IllegalArgumentException e) {
                throw file.refused(tensor, String.valueOf(e.getMessage()));
            }
        }
        return scales;
    }

    private static NumberScale scale(Scale scale, FloatMatrix stored) {
        return switch (scale) {
            case NONE -> new NumberScale.Unscaled();
            case QUANTILE -> {
                require(stored.columns() == 2, "must have 2 columns, not " + stored.columns());
                yield NumberScale.Quantiles.of(stored);
            }
            case STANDARD -> {
                require(stored.rows() == 2 && stored.columns() == 1, "must be a mean and a deviation");
                yield new NumberScale.Standard(stored.get(0, 0), stored.get(1, 0));
            }
        };
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    private Map<String, float[]> statistics(TensorFile file, int items) throws BundleRefusedException {
        Map<String, float[]> statistics = new HashMap<>();
        for (String name : statisticNames()) {
            float[] values = file.floats(valuesTensor(name), items, 1).toArray();
            ByteVector present = file.bytes(presentTensor(name), items);
            for (int item = 0; item < items; item++) {
                values[item] = present.get(item) == 0 ? Float.NaN : values[item];
            }
            statistics.put(name, values);
        }
        return statistics;
    }

    /** Adds what the schema asks for in the features file at path {@code featuresFile}. */
    public static void write(FeatureSchema schema, FeatureStore store, String featuresFile, TensorFileWriter file) {
        StoredFeatures stored = new StoredFeatures(schema);
        for (VectorTable table : schema.tables()) {
            if (table.file().equals(featuresFile)) {
                writeTable(table, store, file);
            }
        }
        stored.scaled().forEach(feature -> writeScale(feature, store, file));
        stored.statisticNames().forEach(name -> writeStatistic(name, store, file));
    }

    private static void writeTable(VectorTable table, FeatureStore store, TensorFileWriter file) {
        if (table.width() > 0) {
            file.add(table.tensor(), Objects.requireNonNull(store.tables().get(table.name())));
        }
        if (table.keys() == VectorTable.Keys.TEXT) {
            List<String> texts = Objects.requireNonNull(store.vocabularies().get(table.name()))
                    .texts();
            file.addStrings(table.tensor(), texts.toArray(String[]::new));
        }
    }

    private static void writeScale(NumberFeature feature, FeatureStore store, TensorFileWriter file) {
        switch (Objects.requireNonNull(store.scales().get(feature.name()))) {
            case NumberScale.Unscaled unscaled -> {}
            case NumberScale.Quantiles quantiles -> {
                float[] points = new float[2 * quantiles.values().length];
                for (int i = 0; i < quantiles.values().length; i++) {
                    points[2 * i] = quantiles.values()[i];
                    points[2 * i + 1] = quantiles.shares()[i];
                }
                file.add(scaleTensor(feature), points, quantiles.values().length, 2);
            }
            case NumberScale.Standard standard ->
                file.add(scaleTensor(feature), new float[] {standard.mean(), standard.deviation()});
        }
    }

    private static void writeStatistic(String name, FeatureStore store, TensorFileWriter file) {
        float[] values = Objects.requireNonNull(store.statistics().get(name)).clone();
        byte[] present = new byte[values.length];
        for (int item = 0; item < values.length; item++) {
            present[item] = (byte) (Float.isNaN(values[item]) ? 0 : 1);
            values[item] = Float.isNaN(values[item]) ? 0 : values[item];
        }
        file.add(valuesTensor(name), values).add(presentTensor(name), present);
    }

    private Stream<NumberFeature> scaled() {
        return features()
                .filter(NumberFeature.class::isInstance)
                .map(NumberFeature.class::cast)
                .filter(feature -> feature.scale() != Scale.NONE);
    }

    private List<String> statisticNames() {
        return features()
                .filter(ReadingFeature.class::isInstance)
                .map(ReadingFeature.class::cast)
                .filter(feature -> feature.from() == Reading.STATISTIC)
                .map(feature -> Objects.requireNonNull(feature.of()))
                .distinct()
                .toList();
    }

    private Stream<Feature> features() {
        return schema.blocks().stream().flatMap(block -> block.features().stream());
    }

    private static String scaleTensor(NumberFeature feature) {
        return (feature.scale() == Scale.QUANTILE ? "quantiles." : "standard.") + feature.name();
    }

    private static String valuesTensor(String statistic) {
        return "statistic." + statistic + ".values";
    }

    private static String presentTensor(String statistic) {
        return "statistic." + statistic + ".present";
    }
}
