package dev.funnel.runtime.telemetry;

import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Traces of requests through all processes, sent to a collector in batches. What the collector does not take in time is dropped: tracing never
 * makes a request wait. Where traces are {@link #off} nothing is put into any call.
 */
final class Traces implements AutoCloseable {
    private static final int QUEUED_SPANS = 4_096;
    private static final int SPANS_A_BATCH = 512;
    private static final Duration BETWEEN_BATCHES = Duration.ofSeconds(1);
    private static final Duration EXPORT_WITHIN = Duration.ofSeconds(2);

    private final @Nullable SdkTracerProvider provider;

    private Traces(@Nullable SdkTracerProvider provider) {
        this.provider = provider;
    }

    static Traces off() {
        return new Traces(null);
    }

    /** @param service the process's name, as {@code service.name} of its spans */
    static Traces open(TelemetrySettings.@Nullable Traced settings, String service) {
        if (settings == null) {
            return off();
        }
        OtlpGrpcSpanExporter exporter = OtlpGrpcSpanExporter.builder()
                .setEndpoint(settings.endpoint())
                .setTimeout(EXPORT_WITHIN)
                .build();
        return new Traces(SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service)))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sample())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(QUEUED_SPANS)
                        .setMaxExportBatchSize(SPANS_A_BATCH)
                        .setScheduleDelay(BETWEEN_BATCHES)
                        .setExporterTimeout(EXPORT_WITHIN)
                        .build())
                .build());
    }

    void watch(ServerBuilder<?> server) {
        if (provider != null) {
            server.intercept(new TraceReceiving(provider.get("dev.funnel")));
        }
    }

    void watch(ManagedChannelBuilder<?> channel) {
        if (provider != null) {
            channel.intercept(new TraceSending());
        }
    }

    /** Sends what is left, for a moment at most. */
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(EXPORT_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
