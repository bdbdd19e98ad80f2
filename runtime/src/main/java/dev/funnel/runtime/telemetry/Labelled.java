package dev.funnel.runtime.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A metric with labels: one instrument per combination of their values. Take an instrument once and keep it where calls are
 * frequent. Beyond {@value Metrics#MOST_SERIES} combinations of a metric, further ones are counted together under the label {@code
 * otel_metric_overflow}.
 *
 * @param <T> {@link Counter}, {@link Histogram} or {@link Gauge}
 */
public final class Labelled<T> {
    private final String metric;
    private final List<AttributeKey<String>> labels;
    private final Function<Attributes, T> instrument;

    Labelled(String metric, String[] labels, Function<Attributes, T> instrument) {
        this.metric = metric;
        this.labels = Arrays.stream(labels).map(AttributeKey::stringKey).toList();
        this.instrument = instrument;
    }

    /**
     * The instrument of these values, in the order of the metric's labels. Values come from small sets that do not grow with
     * traffic: names in configuration or bundle, kinds; never ids.
     */
    public T of(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(metric + " has the labels " + labels + ", not " + List.of(values));
        }
        AttributesBuilder attributes = Attributes.builder();
        for (int i = 0; i < values.length; i++) {
            attributes.put(labels.get(i), values[i]);
        }
        return instrument.apply(attributes.build());
    }
}
