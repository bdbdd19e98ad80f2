package dev.funnel.trainer.rank;

import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.NumberScale;
import dev.funnel.inference.feature.Numbers;
import dev.funnel.trainer.learn.ScaleFitting;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The scales of a schema's numbers, fitted to what was read for the training examples. */
final class Scales {
    private static final int SAMPLE = 200_000;

    private final Map<String, NumberFeature> features;
    private final Map<String, NumberScale> scales = new HashMap<>();

    private Scales(FeatureSchema schema) {
        this.features = schema.blocks().stream()
                .flatMap(block -> block.features().stream())
                .filter(NumberFeature.class::isInstance)
                .map(NumberFeature.class::cast)
                .collect(Collectors.toMap(Feature::name, Function.identity()));
    }

    /** Scales that stand in until there are readings: reading does not scale. */
    static Map<String, NumberScale> unfitted(FeatureSchema schema) {
        Scales scales = new Scales(schema);
        scales.features.keySet().forEach(name -> scales.fit(name, new float[0], 0));
        return scales.scales;
    }

    /** Scales fitted to a sample of what these pages read. */
    static Map<String, NumberScale> fit(FeatureSchema schema, FeatureTransform transform, List<ReadPage> pages) {
        Scales scales = new Scales(schema);
        scales.fitRequests(transform.requestNumbers(), pages);
        scales.fitCandidates(transform.candidateNumbers(), pages);
        return scales.scales;
    }

    private void fitRequests(List<String> names, List<ReadPage> pages) {
        for (int slot = 0; slot < names.size(); slot++) {
            float[] sample = new float[pages.size()];
            for (int i = 0; i < sample.length; i++) {
                sample[i] = pages.get(i).request().numbers()[slot][0];
            }
            fit(names.get(slot), sample, sample.length);
        }
    }

    private void fitCandidates(List<String> names, List<ReadPage> pages) {
        int examples = pages.stream().mapToInt(ReadPage::size).sum();
        int stride = Math.max(1, examples / SAMPLE);
        for (int slot = 0; slot < names.size(); slot++) {
            float[] sample = new float[examples / stride + 1];
            int size = 0;
            int at = 0;
            for (ReadPage page : pages) {
                Numbers values = page.candidates().numbers()[slot];
                for (int i = 0; i < values.size(); i++) {
                    if (at++ % stride == 0) {
                        sample[size++] = values.get(i);
                    }
                }
            }
            fit(names.get(slot), sample, size);
        }
    }

    private void fit(String name, float[] sample, int size) {
        Scale scale = features.get(name) instanceof NumberFeature feature ? feature.scale() : Scale.NONE;
        float[] values = Arrays.copyOf(sample, size);
        switch (scale) {
            case NONE -> {}
            case QUANTILE -> scales.put(name, ScaleFitting.quantiles(values));
            case STANDARD -> scales.put(name, ScaleFitting.standard(values));
        }
    }
}
