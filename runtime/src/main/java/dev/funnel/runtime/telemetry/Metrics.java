package dev.funnel.runtime.telemetry;

import dev.funnel.runtime.grpc.StartFailure;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import io.grpc.opentelemetry.GrpcOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleGauge;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process counts and times, shown to Prometheus on a port of its own. It is OpenTelemetry's SDK, of which nothing is seen
 * outside this package; gRPC's servers and channels add their standard metrics ({@code grpc.server.call.duration} and the rest of
 * gRFC A66). Where metrics are {@link #off} the same calls cost next to nothing.
 *
 * <p>Names are {@code funnel.<service>.<what>}, dots become underscores on the page; a metric keeps its labels for good.
 */
public final class Metrics implements AutoCloseable {
    /** Combinations of label values that one metric may have. */
    static final int MOST_SERIES = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

    private final OpenTelemetry telemetry;
    private final Meter meter;
    private final @Nullable OpenTelemetrySdk sdk;
    private final @Nullable HTTPServer page;
    private final Traces traces;

    private Metrics(OpenTelemetry telemetry, @Nullable OpenTelemetrySdk sdk, @Nullable HTTPServer page, Traces traces) {
        this.traces = traces;
        this.telemetry = telemetry;
        this.meter = telemetry.getMeter("dev.funnel");
        this.sdk = sdk;
        this.page = page;
    }

    /** Counts nothing. */
    public static Metrics off() {
        return off(Traces.off());
    }

    private static Metrics off(Traces traces) {
        return new Metrics(OpenTelemetry.noop(), null, null, traces);
    }

    /**
     * Opens the port; without settings metrics are {@link #off}.
     *
     * @param service the process's name, as {@code service_name} in {@code target_info}
     * @throws StartFailure if the port is taken
     */
    public static Metrics open(@Nullable MetricsSettings settings, String service) {
        return open(settings, TelemetrySettings.OFF, service);
    }

    /** The same, and the calls of servers and channels that it {@link #watch}es are traced as its telemetry settings say. */
    public static Metrics open(@Nullable MetricsSettings settings, TelemetrySettings telemetry, String service) {
        Traces traces = Traces.open(telemetry.traces(), service);
        if (settings == null) {
            return off(traces);
        }
        warm();
        PrometheusMetricReader reader = PrometheusMetricReader.builder()
                .setOtelScopeLabelsEnabled(false)
                .build();
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(reader);
        HTTPServer page = listen(settings, registry);
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder()
                        .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service)))
                        .registerMetricReader(reader, instrument -> MOST_SERIES)
                        .build())
                .build();
        LOG.info("{} shows its metrics at http://{}:{}/metrics", service, settings.host(), page.getPort());
        return new Metrics(sdk, sdk, page, traces);
    }

    /** The port of the page; empty where metrics are off. */
    public OptionalInt port() {
        return page == null ? OptionalInt.empty() : OptionalInt.of(page.getPort());
    }

    /**
     * A metric that counts.
     *
     * @param unit in UCUM: {@code s}, {@code By}, {@code {search}}
     */
    public Labelled<Counter> counter(String name, String unit, String description, String... labels) {
        LongCounter counter = meter.counterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .build();
        return new Labelled<>(name, labels, attributes -> amount -> counter.add(amount, attributes));
    }

    /**
     * A metric that shows how values are distributed.
     *
     * @param bounds upper bounds of its buckets, rising; a last one without bound is added
     */
    public Labelled<Histogram> histogram(
            String name, String unit, String description, double[] bounds, String... labels) {
        DoubleHistogram histogram = meter.histogramBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(Arrays.stream(bounds).boxed().toList())
                .build();
        return new Labelled<>(name, labels, attributes -> value -> histogram.record(value, attributes));
    }

    /** A metric that shows a value as it was last set. */
    public Labelled<Gauge> gauge(String name, String unit, String description, String... labels) {
        DoubleGauge gauge = meter.gaugeBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .build();
        return new Labelled<>(name, labels, attributes -> value -> gauge.set(value, attributes));
    }

    /**
     * A metric whose values are asked for whenever the page is; a combination of labels that is not told any more is not shown any
     * more.
     *
     * @param values by the values of {@code labels}, in their order
     */
    public void observe(
            String name,
            String unit,
            String description,
            List<String> labels,
            Supplier<Map<List<String>, Double>> values) {
        var _ = meter.gaugeBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(measurement -> values.get()
                        .forEach((labelled, value) -> measurement.record(value, attributes(labels, labelled))));
    }

    private static Attributes attributes(List<String> labels, List<String> values) {
        AttributesBuilder attributes = Attributes.builder();
        for (int i = 0; i < labels.size(); i++) {
            attributes.put(labels.get(i), values.get(i));
        }
        return attributes.build();
    }

    /** Adds gRPC's standard metrics of a server, and traces. */
    public void watch(ServerBuilder<?> server) {
        traces.watch(server);
        if (sdk != null) {
            grpc().configureServerBuilder(server);
        }
    }

    /** Adds gRPC's standard metrics of a client, and sends traces along. */
    public void watch(ManagedChannelBuilder<?> channel) {
        traces.watch(channel);
        if (sdk != null) {
            grpc().configureChannelBuilder(channel);
        }
    }

    /** Closes the port, and sends what is left of traces. */
    @Override
    public void close() {
        traces.close();
        if (page != null) {
            page.close();
        }
        if (sdk != null) {
            sdk.close();
        }
    }

    /** Records what nobody reads, so that no request waits while the classes of a first recording are loaded. */
    private static void warm() {
        PrometheusMetricReader reader = PrometheusMetricReader.builder().build();
        SdkMeterProvider meters = SdkMeterProvider.builder()
                .registerMetricReader(reader, instrument -> MOST_SERIES)
                .build();
        Metrics unread =
                new Metrics(OpenTelemetrySdk.builder().setMeterProvider(meters).build(), null, null, Traces.off());
        unread.counter("warm.count", "1", "", "label").of("value").add(1);
        unread.histogram("warm.values", "1", "", new double[] {1}, "label")
                .of("value")
                .record(1);
        unread.gauge("warm.value", "1", "", "label").of("value").set(1);
        reader.collect();
        meters.close();
    }

    private GrpcOpenTelemetry grpc() {
        return GrpcOpenTelemetry.newBuilder().sdk(telemetry).build();
    }

    private static HTTPServer listen(MetricsSettings settings, PrometheusRegistry registry) {
        try {
            return HTTPServer.builder()
                    .hostname(settings.host())
                    .port(settings.port())
                    .registry(registry)
                    .buildAndStart();
        } catch (IOException e) {
            throw new StartFailure(
                    "cannot show metrics on " + settings.host() + ":" + settings.port() + " (" + e.getMessage()
                            + "): stop what listens there, or set metrics.port (FUNNEL_METRICS_PORT) to a free port",
                    e);
        }
    }
}
